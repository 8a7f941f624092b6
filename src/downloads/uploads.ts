import * as vscode from 'vscode';

import { explainError, SaidError } from '../host/explainError';
import { connectionKey } from '../mlflow/artifactAddress';
import { formatSize, toOneLine, withoutLinks } from '../mlflow/format';
import type { ArtifactOwner } from '../mlflow/model';
import type { WantedUpload } from '../mlflow/wantedUpload';
import { ArtifactSource } from '../state/artifactSource';
import type { DownloadsHost } from './downloadsHost';
import { localFiles, type LocalFile } from './localFiles';
import { takenPaths } from './takenPaths';
import { withTransferNotice } from './transferNotice';
import { Upload, type UploadResult } from './upload';

interface Job {
  readonly wanted: WantedUpload;
  readonly title: string;
  readonly upload: Upload;
  readonly leftOut: readonly string[];
}

/** Brings files of this machine to runs. */
export class Uploads {
  private readonly source: ArtifactSource;
  private readonly ending = new AbortController();

  constructor(private readonly host: DownloadsHost) {
    this.source = new ArtifactSource(host.sessions);
  }

  /** Asks about what is there already, uploads, and tells what became of it; rejects where nothing can be begun. */
  async upload(wanted: WantedUpload): Promise<void> {
    const { signal } = this.ending;
    const { files, leftOut } = await localFiles(wanted.chosen, signal);
    if (files.length === 0) {
      throw new SaidError(vscode.l10n.t('There is no file to upload.'));
    }
    const meant = await this.withoutTaken(wanted, files);
    if (meant === undefined || meant.length === 0) {
      return;
    }
    const name = toOneLine(wanted.runName);
    const title =
      meant.length === 1
        ? vscode.l10n.t('Uploading {0} to {1}', toOneLine(meant[0]?.path ?? ''), name)
        : vscode.l10n.t('Uploading {0} files to {1}', meant.length, name);
    const send = this.sender(wanted);
    await this.carryOut({ wanted, title, leftOut, upload: new Upload({ files: meant, send }) });
  }

  dispose(): void {
    this.ending.abort();
  }

  private async withoutTaken(
    wanted: WantedUpload,
    files: readonly LocalFile[],
  ): Promise<readonly LocalFile[] | undefined> {
    const { signal } = this.ending;
    const address = addressOf(wanted);
    const { owner } = address.place;
    const taken = await takenPaths(
      files.map(({ path }) => below(wanted, path)),
      async (path) =>
        (await this.source.list({ ...address, place: { owner, path } }, signal)).files,
    );
    if (taken.size === 0) {
      return files;
    }
    const others = files.filter(({ path }) => !taken.has(below(wanted, path)));
    switch (await askAboutTaken(wanted, [...taken], others.length)) {
      case 'replace':
        return files;
      case 'skip':
        return others;
      case undefined:
        return undefined;
    }
  }

  private sender(wanted: WantedUpload): ConstructorParameters<typeof Upload>[0]['send'] {
    const address = addressOf(wanted);
    return ({ file, path }, onProgress, signal) =>
      this.source.ask(
        address,
        (store) => store.logArtifact(wanted.runId, below(wanted, path), file, onProgress, signal),
        signal,
      );
  }

  private async carryOut(job: Job): Promise<void> {
    const { upload, wanted } = job;
    const result = await withTransferNotice(
      job.title,
      () => upload.progress,
      (signal) => upload.run(AbortSignal.any([signal, this.ending.signal])),
    );
    for (const { path, error } of result.failed) {
      this.host.log.error(`uploading ${toOneLine(path)}: ${String(error)}`);
    }
    if (result.files > 0) {
      const { artifacts } = this.host.sessions.get(wanted.connection) ?? {};
      void artifacts
        ?.reload((owner) => owner.kind === 'run' && owner.runId === wanted.runId)
        .catch((error: unknown) => this.host.log.warn(`artifacts: ${String(error)}`));
    }
    void this.tell(job, result).catch((error: unknown) => this.host.tellFailure(error));
  }

  private async tell(job: Job, result: UploadResult): Promise<void> {
    const resume = vscode.l10n.t('Resume');
    const showLog = vscode.l10n.t('Show Log');
    const isWhole = result.failed.length === 0 && !result.isStopped;
    const actions = [
      ...(isWhole ? [] : [resume]),
      ...(result.failed.length === 0 ? [] : [showLog]),
    ];
    const text = withoutLinks(resultText(job, result));
    const answer = await (isWhole && job.leftOut.length === 0
      ? vscode.window.showInformationMessage(text, ...actions)
      : vscode.window.showWarningMessage(text, ...actions));
    if (answer === resume) {
      await this.carryOut(job);
    } else if (answer === showLog) {
      this.host.showLog();
    }
  }
}

function addressOf({ connection, runId }: WantedUpload): {
  readonly key: string;
  readonly place: { readonly owner: ArtifactOwner; readonly path: string };
} {
  return {
    key: connectionKey(connection),
    place: { owner: { kind: 'run', runId }, path: '' },
  };
}

function below({ folder }: WantedUpload, path: string): string {
  return folder === '' ? path : `${folder}/${path}`;
}

async function askAboutTaken(
  { runName }: WantedUpload,
  taken: readonly string[],
  others: number,
): Promise<'replace' | 'skip' | undefined> {
  const name = toOneLine(runName);
  const items = [
    { answer: 'replace' as const, label: vscode.l10n.t('Replace'), description: '' },
    ...(others === 0
      ? []
      : [
          {
            answer: 'skip' as const,
            label: vscode.l10n.t('Skip'),
            description: vscode.l10n.t('upload only the {0} others', others),
          },
        ]),
  ];
  const [first = ''] = taken;
  const picked = await vscode.window.showQuickPick(items, {
    title:
      taken.length === 1
        ? vscode.l10n.t('{0} Has the Artifact {1} Already', name, toOneLine(first))
        : vscode.l10n.t('{0} Has {1} of These Artifacts Already', name, taken.length),
    placeHolder: taken
      .slice(0, 5)
      .map((path) => toOneLine(path, 40))
      .join(', '),
    ignoreFocusOut: true,
  });
  return picked?.answer;
}

function resultText({ wanted, leftOut }: Job, result: UploadResult): string {
  const { files, bytes, failed, isStopped } = result;
  const run = toOneLine(wanted.runName);
  const size = formatSize(bytes);
  const [first] = failed;
  const sentences = [
    first === undefined && !isStopped
      ? files === 1
        ? vscode.l10n.t('Uploaded one file ({0}) to {1}.', size, run)
        : vscode.l10n.t('Uploaded {0} files ({1}) to {2}.', files, size, run)
      : vscode.l10n.t('Files uploaded so far: {0} ({1}), to {2}.', files, size, run),
    first === undefined
      ? ''
      : vscode.l10n.t('“{0}” failed: {1}', toOneLine(first.path, 80), explainError(first.error)),
    first === undefined && isStopped ? vscode.l10n.t('Resume sends the rest.') : '',
    leftOut.length === 0
      ? ''
      : vscode.l10n.t(
          '{0} were left out, since links are not followed: {1}',
          leftOut.length,
          leftOut
            .slice(0, 3)
            .map((path) => toOneLine(path, 80))
            .join(', '),
        ),
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

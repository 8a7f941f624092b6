import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';

import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import { artifactUri } from '../host/artifactUri';
import { connectionKey } from '../mlflow/artifactAddress';
import { toOneLine, withoutLinks } from '../mlflow/format';
import type { WantedArtifact } from '../mlflow/wantedArtifact';
import type { WantedUpload } from '../mlflow/wantedUpload';
import { ArtifactSource } from '../state/artifactSource';
import { TargetQuestions } from './askTarget';
import { DiskError } from './diskError';
import { Download, type DownloadedItem, type DownloadResult } from './download';
import type { DownloadsHost } from './downloadsHost';
import type { FinishedFiles } from './finishedFiles';
import { explainFailure, failureLine, refusalLine, resultText } from './downloadWords';
import { mayResume } from './mayResume';
import { FolderMark } from './folderMark';
import { topName, type Placed } from './plan';
import { placeItems } from './placeItems';
import { copyPath, reveal } from './reveal';
import { TargetFolder } from './targetFolder';
import { TensorBoards } from './tensorBoard';
import { thisPlatform as platform } from './thisPlatform';
import { withTransferNotice } from './transferNotice';
import { Uploads } from './uploads';

/** A download whose place is settled. */
interface Job {
  readonly title: string;
  readonly download: Download;
  /** What it is seen by afterwards, absolute. */
  readonly paths: readonly string[];
  /** Of folders that a later download may go on with. */
  readonly marks: readonly FolderMark[];
  /** Of folders of which files are replaced: what is there yet cannot be told from what was meant to go. */
  readonly unmarked: readonly FolderMark[];
}

/** Brings artifacts to this machine. */
export class Downloads {
  private readonly questions: TargetQuestions;
  private readonly uploads: Uploads;
  private readonly tensorBoards: TensorBoards;
  private readonly source: ArtifactSource;
  private readonly busy = new Set<string>();
  private readonly ending = new AbortController();

  constructor(private readonly host: DownloadsHost) {
    this.uploads = new Uploads(host);
    this.tensorBoards = new TensorBoards(host);
    this.source = new ArtifactSource(host.sessions);
    this.questions = new TargetQuestions(host.memory);
  }

  /** Asks where to, downloads, and tells what became of it; rejects where nothing can be begun. */
  async download(wanted: readonly WantedArtifact[]): Promise<void> {
    const [first, ...others] = wanted;
    if (first === undefined) {
      throw new SaidError(vscode.l10n.t('Select artifacts to download first.'));
    }
    const job =
      others.length === 0 && !first.isDirectory
        ? await this.jobForFile(first)
        : await this.jobForFolder(wanted);
    if (job !== undefined) {
      await this.carryOut(job);
    }
  }

  /** Asks about what is there already, uploads, and tells what became of it. */
  upload(wanted: WantedUpload): Promise<void> {
    return this.uploads.upload(wanted);
  }

  /** Copies the event files below a folder, and shows them in TensorBoard. */
  openTensorBoard(folder: WantedArtifact): Promise<void> {
    return this.tensorBoards.open(folder);
  }

  private async jobForFile(wanted: WantedArtifact): Promise<Job | undefined> {
    const path = await this.questions.askFile(topName(wanted, platform));
    if (path === undefined) {
      return undefined;
    }
    const target = await opened(dirname(path));
    const placed: Placed = { wanted, parts: [basename(path)], whereTaken: 'replace' };
    return this.job([placed], target);
  }

  private async jobForFolder(wanted: readonly WantedArtifact[]): Promise<Job | undefined> {
    const folder = await this.questions.askFolder();
    if (folder === undefined) {
      return undefined;
    }
    const target = await opened(folder);
    const placed = await placeItems(wanted, target, platform, (each) => idOf(each));
    return placed === undefined || placed.length === 0 ? undefined : this.job(placed, target);
  }

  private job(placed: readonly Placed[], target: TargetFolder): Job {
    const names = placed.map(({ parts }) => parts.join('/'));
    const marked = placed.map((each) => {
      const { wanted, parts } = each;
      const mark = wanted.isDirectory
        ? new FolderMark(target, parts[0] ?? '', platform, idOf(wanted))
        : undefined;
      return { ...each, mark };
    });
    const marksOf = (isReplaced: boolean): readonly FolderMark[] =>
      marked.flatMap(({ whereTaken, mark }) =>
        mark !== undefined && (whereTaken === 'replace') === isReplaced ? [mark] : [],
      );
    const items = marked.map(({ mark, ...each }) =>
      this.item(each, each.whereTaken === 'replace' ? undefined : mark?.finished),
    );
    return {
      title:
        names.length === 1
          ? vscode.l10n.t('Downloading {0}', toOneLine(names[0] ?? ''))
          : vscode.l10n.t('Downloading {0} artifacts', names.length),
      download: new Download({ items, target, platform, busy: this.busy }),
      paths: placed.map(({ parts }) => join(target.path, ...parts)),
      marks: marksOf(false),
      unmarked: marksOf(true),
    };
  }

  private item(
    { wanted, parts, whereTaken }: Placed,
    finished: FinishedFiles | undefined,
  ): DownloadedItem {
    const { connection, place, isDirectory, size } = wanted;
    const address = { key: connectionKey(connection), place };
    return {
      ...{ place, isDirectory, size, parts, whereTaken, finished },
      idOf: (path) => idOf({ ...wanted, place: { ...place, path } }),
      ask: (work, signal) => this.source.ask(address, work, signal),
    };
  }

  /** Resolves once the files are there or not; what is told then waits for nobody. */
  private async carryOut(job: Job): Promise<void> {
    const result = await this.run(job);
    const isWhole = !result.isStopped && result.failed.count === 0;
    if (isWhole) {
      await Promise.all(job.marks.map((mark) => mark.remove()));
    }
    void this.tell(job, result, isWhole).catch((error: unknown) => this.host.tellFailure(error));
  }

  private async run({ title, download, marks, unmarked }: Job): Promise<DownloadResult> {
    await Promise.all([
      ...marks.map((mark) => mark.set()),
      ...unmarked.map((mark) => mark.remove()),
    ]);
    const result = await withTransferNotice(
      title,
      () => download.progress,
      (signal) => download.run(AbortSignal.any([signal, this.ending.signal])),
    );
    const { log } = this.host;
    result.refused.named.forEach((refused) => log.warn(refusalLine(refused)));
    result.failed.named.forEach((failed) => log.error(failureLine(failed)));
    return result;
  }

  private async tell(job: Job, result: DownloadResult, isWhole: boolean): Promise<void> {
    const { paths } = job;
    const [first = ''] = paths;
    const actions = new Map<string, () => Promise<void> | void>();
    if (!isWhole && mayResume(result)) {
      actions.set(vscode.l10n.t('Resume'), () => this.carryOut(job));
    }
    if (result.files > 0) {
      actions.set(vscode.l10n.t('Reveal'), () => reveal(first));
      actions.set(vscode.l10n.t('Copy Path'), () => copyPath(paths));
    }
    if (result.refused.count + result.failed.count > 0) {
      actions.set(vscode.l10n.t('Show Log'), this.host.showLog);
    }
    const where = shortPath(paths.length === 1 ? first : dirname(first));
    const text = withoutLinks(resultText(result, where));
    const say = isWhole && result.refused.count === 0 ? information : warning;
    const answer = await say(text, [...actions.keys()]);
    await (answer === undefined ? undefined : actions.get(answer)?.());
  }

  dispose(): void {
    this.ending.abort();
    this.uploads.dispose();
    this.tensorBoards.dispose();
  }
}

function information(text: string, actions: readonly string[]): Thenable<string | undefined> {
  return vscode.window.showInformationMessage(text, ...actions);
}

function warning(text: string, actions: readonly string[]): Thenable<string | undefined> {
  return vscode.window.showWarningMessage(text, ...actions);
}

async function opened(folder: string): Promise<TargetFolder> {
  try {
    return await TargetFolder.open(folder);
  } catch (error) {
    throw error instanceof DiskError
      ? new SaidError(explainFailure(error), { cause: error })
      : error;
  }
}

/** Names an artifact among those of all servers, with no secret in it. */
function idOf({ connection, place }: WantedArtifact): string {
  return artifactUri({ key: connectionKey(connection), place, ownerName: '-' }).toString();
}

function shortPath(path: string): string {
  const home = homedir();
  return path.startsWith(home) && home !== '/' ? `~${path.slice(home.length)}` : path;
}

import { request } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import { findPythonWith } from '../host/pythonEnvironment';
import { settings } from '../ids';
import { baseName, connectionKey, isPlainPath } from '../mlflow/artifactAddress';
import { formatSize, toOneLine } from '../mlflow/format';
import type { Artifact } from '../mlflow/model';
import type { WantedArtifact } from '../mlflow/wantedArtifact';
import { ArtifactSearch } from '../state/artifactSearch';
import { ArtifactSource } from '../state/artifactSource';
import { Download, type DownloadedItem } from './download';
import type { DownloadsHost } from './downloadsHost';
import { explainFailure } from './downloadWords';
import { safePath } from './safePath';
import { TargetFolder } from './targetFolder';
import { thisPlatform } from './thisPlatform';
import { withTransferNotice } from './transferNotice';

/** A copy that is larger than this is asked about. */
const large = 500 * 1024 * 1024;
/** TensorBoard loads TensorFlow where that is installed, which takes its time. */
const startLimit = 90_000;
const pause = 250;

/** Shows event files in TensorBoard, which runs on a copy of them in a terminal and ends with the window. */
export class TensorBoards {
  private readonly source: ArtifactSource;
  private readonly ending = new AbortController();
  private readonly copies = new Map<vscode.Terminal, string>();
  private readonly closing = vscode.window.onDidCloseTerminal((terminal) => this.forget(terminal));

  constructor({ sessions }: Pick<DownloadsHost, 'sessions'>) {
    this.source = new ArtifactSource(sessions);
  }

  /** Resolves once it is shown in a browser; rejects where that cannot be. */
  async open(wanted: WantedArtifact): Promise<void> {
    if (!vscode.workspace.isTrusted) {
      throw new SaidError(
        vscode.l10n.t('TensorBoard is not started in Restricted Mode. Trust this workspace first.'),
      );
    }
    const { signal } = this.ending;
    const name = toOneLine(baseName(wanted.place.path) || wanted.ownerName);
    const location = vscode.ProgressLocation.Notification;
    const looking = {
      location,
      title: vscode.l10n.t('Looking for event files'),
      cancellable: true,
    };
    const [python, files] = await vscode.window.withProgress(looking, (_, token) => {
      const either = AbortSignal.any([signal, signalOf(token)]);
      return Promise.all([pythonWithTensorBoard(either), this.eventFiles(wanted, either)]);
    });
    if (!(await agrees(files))) {
      return;
    }
    const folder = await mkdtemp(join(tmpdir(), 'mlflow-tensorboard-'));
    const logs = join(folder, 'logs');
    try {
      await mkdir(logs);
      await this.copy(wanted, files, logs, name);
      await this.start(python, folder, logs, name);
    } catch (error) {
      if (![...this.copies.values()].includes(folder)) {
        await rm(folder, { recursive: true, force: true });
      }
      throw error;
    }
  }

  dispose(): void {
    this.ending.abort();
    this.closing.dispose();
    for (const [terminal, folder] of this.copies) {
      terminal.dispose();
      remove(folder);
    }
  }

  private async eventFiles(
    { connection, place }: WantedArtifact,
    signal: AbortSignal,
  ): Promise<readonly Artifact[]> {
    const key = connectionKey(connection);
    const found: Artifact[] = [];
    const search = new ArtifactSearch({
      list: async (folder) => (await this.source.list({ key, place: folder }, signal)).files,
      onFound: (files) => {
        found.push(...files.filter(({ path }) => isEventFile(path)));
      },
    });
    await search.run([place], signal);
    if (found.length === 0) {
      throw new SaidError(
        vscode.l10n.t('There are no TensorBoard event files (events.out.tfevents.…) in here.'),
      );
    }
    return found;
  }

  private async copy(
    { connection, place }: WantedArtifact,
    files: readonly Artifact[],
    logs: string,
    name: string,
  ): Promise<void> {
    const key = connectionKey(connection);
    const items = files.flatMap((file): readonly DownloadedItem[] => {
      const inner = place.path === '' ? file.path : file.path.slice(place.path.length + 1);
      const safe = safePath(inner, thisPlatform);
      const own = { owner: place.owner, path: file.path };
      return safe.refusal !== undefined || !isPlainPath(file.path)
        ? []
        : [
            {
              ...{ place: own, isDirectory: false, size: file.size, whereTaken: 'fail' },
              parts: safe.parts,
              idOf: (path) => path,
              ask: (work, signal) => this.source.ask({ key, place: own }, work, signal),
            },
          ];
    });
    const target = await TargetFolder.open(logs);
    const download = new Download({ items, target, platform: thisPlatform, busy: new Set() });
    const result = await withTransferNotice(
      vscode.l10n.t('Copying event files of {0}', name),
      () => download.progress,
      (signal) => download.run(AbortSignal.any([signal, this.ending.signal])),
    );
    const [failed] = result.failed.named;
    if (failed !== undefined) {
      throw new SaidError(explainFailure(failed.error), { cause: failed.error });
    }
    if (result.isStopped) {
      throw new vscode.CancellationError();
    }
  }

  private async start(python: string, folder: string, logs: string, name: string): Promise<void> {
    const port = await freePort();
    const address = `http://127.0.0.1:${port}/`;
    const terminal = vscode.window.createTerminal({
      name: `tensorboard: ${name}`,
      shellPath: python,
      shellArgs: [
        ...['-m', 'tensorboard.main', '--logdir', logs],
        ...['--host', '127.0.0.1', '--port', String(port)],
      ],
      // Python looks for packages in the folder that it starts in.
      cwd: folder,
      isTransient: true,
      iconPath: new vscode.ThemeIcon('graph-line'),
    });
    this.copies.set(terminal, folder);
    terminal.show(true);
    const location = vscode.ProgressLocation.Notification;
    const title = vscode.l10n.t('Starting TensorBoard for {0}', name);
    await vscode.window.withProgress({ location, title, cancellable: true }, async (_, token) => {
      try {
        await this.answer(
          terminal,
          address,
          AbortSignal.any([this.ending.signal, signalOf(token)]),
        );
      } catch (error) {
        if (token.isCancellationRequested) {
          terminal.dispose();
        }
        throw error;
      }
    });
    await vscode.env.openExternal(vscode.Uri.parse(address));
  }

  private async answer(
    terminal: vscode.Terminal,
    address: string,
    signal: AbortSignal,
  ): Promise<void> {
    for (const end = performance.now() + startLimit; !(await answers(address));) {
      signal.throwIfAborted();
      if (!this.copies.has(terminal) || terminal.exitStatus !== undefined) {
        throw new SaidError(
          vscode.l10n.t('TensorBoard ended before it could be shown. Its terminal may say why.'),
        );
      }
      if (performance.now() > end) {
        throw new SaidError(
          vscode.l10n.t('TensorBoard does not answer at {0}. Look at its terminal.', address),
        );
      }
      await delay(pause, undefined, { signal });
    }
  }

  private forget(terminal: vscode.Terminal): void {
    const folder = this.copies.get(terminal);
    if (folder !== undefined) {
      this.copies.delete(terminal);
      remove(folder);
    }
  }
}

function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    return;
  }
}

function isEventFile(path: string): boolean {
  return baseName(path).includes('tfevents');
}

async function pythonWithTensorBoard(signal: AbortSignal): Promise<string> {
  const python = await findPythonWith('tensorboard', signal);
  if (python === undefined) {
    throw new SaidError(
      vscode.l10n.t(
        'No Python with TensorBoard was found. Run "pip install tensorboard" in your environment, or name its Python in the setting {0}.',
        settings.interpreter,
      ),
    );
  }
  return python;
}

async function agrees(files: readonly Artifact[]): Promise<boolean> {
  const bytes = files.reduce((sum, { size = 0 }) => sum + size, 0);
  if (bytes <= large) {
    return true;
  }
  const copy = vscode.l10n.t('Copy {0} and Go On', formatSize(bytes));
  const picked = await vscode.window.showQuickPick([copy], {
    title: vscode.l10n.t('TensorBoard Needs a Copy of {0} Event Files', files.length),
    ignoreFocusOut: true,
  });
  return picked === copy;
}

function signalOf(token: vscode.CancellationToken): AbortSignal {
  const controller = new AbortController();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

/** Any answer will do. */
function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request(address, { timeout: 2000 }, (response) => {
      response.destroy();
      resolve(true);
    });
    asked.on('error', () => resolve(false));
    asked.on('timeout', () => asked.destroy());
    asked.end();
  });
}

import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';

import { DisposableStore, type Disposable } from '../base/disposable';
import {
  type FileKind,
  type FolderEntry,
  fileRequests,
  languageNotices,
  largestFile,
  largestFolder,
} from '../protocol/language';

/** Milliseconds in which changes are gathered before the server is told. */
const pause = 100;

/**
 * Answers what the server asks about files, on whatever file system they lie, and tells it when something it asked about has
 * changed. What it never asked about, such as the thousand files of a run, it does not hear of.
 */
export function answerAboutFiles(client: LanguageClient): Disposable {
  const store = new DisposableStore();
  const asked = new Set<string>();
  const answer = <T>(method: string, otherwise: T, ask: (uri: vscode.Uri) => Promise<T>): void => {
    store.add(
      client.onRequest(method, async ({ uri }: { uri: string }) => {
        asked.add(uri);
        try {
          return await ask(vscode.Uri.parse(uri, true));
        } catch {
          return otherwise;
        }
      }),
    );
  };
  answer<FileKind>(fileRequests.kind, 'unknown', kindOf);
  answer<string | null>(fileRequests.read, null, read);
  answer<FolderEntry[]>(fileRequests.list, [], list);

  const changed = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (): void => {
    timer = undefined;
    const uris = [...changed];
    changed.clear();
    if (client.isRunning()) {
      void client.sendNotification(languageNotices.filesChanged, { uris });
    }
  };
  const note = (uri: vscode.Uri): void => {
    const text = uri.toString();
    if (asked.has(text) || asked.has(text.slice(0, text.lastIndexOf('/')))) {
      changed.add(text);
      timer ??= setTimeout(tell, pause);
    }
  };
  store.add({ dispose: () => clearTimeout(timer) });
  watchFiles(note).forEach((listener) => store.add(listener));
  return store;
}

/** A watcher for the workspace; what the editor itself does is heard of outside it, too. */
function watchFiles(note: (uri: vscode.Uri) => void): Disposable[] {
  const { workspace } = vscode;
  const watcher = workspace.createFileSystemWatcher('**/*');
  return [
    watcher,
    watcher.onDidCreate(note),
    watcher.onDidChange(note),
    watcher.onDidDelete(note),
    workspace.onDidSaveTextDocument(({ uri }) => note(uri)),
    workspace.onDidCreateFiles(({ files }) => files.forEach(note)),
    workspace.onDidDeleteFiles(({ files }) => files.forEach(note)),
    workspace.onDidRenameFiles(({ files }) => {
      files.forEach(({ oldUri, newUri }) => [oldUri, newUri].forEach(note));
    }),
  ];
}

async function kindOf(uri: vscode.Uri): Promise<FileKind> {
  const { Directory, File } = vscode.FileType;
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return type & Directory ? 'folder' : type & File ? 'file' : 'unknown';
  } catch (error) {
    const code = error instanceof vscode.FileSystemError ? error.code : '';
    return /^FileNot(?:Found|ADirectory)$/.test(code) ? 'missing' : 'unknown';
  }
}

async function read(uri: vscode.Uri): Promise<string | null> {
  const { size, type } = await vscode.workspace.fs.stat(uri);
  if (!(type & vscode.FileType.File) || size > largestFile) {
    return null;
  }
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

async function list(uri: vscode.Uri): Promise<FolderEntry[]> {
  const entries = await vscode.workspace.fs.readDirectory(uri);
  return entries.slice(0, largestFolder).map(([name, type]) => ({
    name,
    kind: type & vscode.FileType.Directory ? 'folder' : 'file',
  }));
}

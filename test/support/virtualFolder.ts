import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** An extension that brings files of its own, which lie on no disk. */
const extension = (files: Readonly<Record<string, string>>): string => `
const vscode = require('vscode');
const files = new Map(Object.entries(${JSON.stringify(files)}));
const stat = (uri) => {
  const size = files.get(uri.path.slice(1))?.length;
  if (uri.path !== '/' && size === undefined) throw vscode.FileSystemError.FileNotFound(uri);
  return { type: uri.path === '/' ? 2 : 1, ctime: 0, mtime: 0, size: size ?? 0 };
};
const refuse = (uri) => { throw vscode.FileSystemError.NoPermissions(uri); };
exports.activate = (context) => {
  context.subscriptions.push(vscode.workspace.registerFileSystemProvider('virtual', {
    onDidChangeFile: new vscode.EventEmitter().event,
    watch: () => ({ dispose() {} }),
    stat,
    readDirectory: () => [...files.keys()].map((name) => [name, 1]),
    readFile: (uri) => { stat(uri); return new TextEncoder().encode(files.get(uri.path.slice(1))); },
    createDirectory: refuse, writeFile: refuse, delete: refuse, rename: refuse,
  }));
};
`;

/**
 * Writes a workspace whose only folder is virtual, and the extension that has its files, below `folder`.
 *
 * @param files by name; all lie in the folder itself
 */
export const virtualFolder = async (
  folder: string,
  files: Readonly<Record<string, string>>,
): Promise<{ workspaceFile: string; extensionsDirectory: string }> => {
  const extensionsDirectory = path.join(folder, 'extensions');
  const own = path.join(extensionsDirectory, 'test.virtual-files-1.0.0');
  await mkdir(own, { recursive: true });
  const manifest = {
    ...{ publisher: 'test', name: 'virtual-files', version: '1.0.0', main: './main.js' },
    engines: { vscode: '^1.90.0' },
    activationEvents: ['onFileSystem:virtual', '*'],
    capabilities: { virtualWorkspaces: true, untrustedWorkspaces: { supported: true } },
  };
  await writeFile(path.join(own, 'package.json'), JSON.stringify(manifest));
  await writeFile(path.join(own, 'main.js'), extension(files));
  const workspaceFile = path.join(folder, 'virtual.code-workspace');
  await writeFile(
    workspaceFile,
    JSON.stringify({ folders: [{ uri: 'virtual:/', name: 'virtual' }] }),
  );
  return { workspaceFile, extensionsDirectory };
};

import { open, rename, rm } from 'node:fs/promises';

import * as vscode from 'vscode';

/** A file that is being written; nobody sees it by its name before it is whole. */
export interface TargetFile {
  write(text: string): Promise<void>;
  /** Ends the writing and puts the file in its place, where one of this name goes. */
  keep(): Promise<void>;
  /** Ends the writing and leaves nothing behind; never rejects. */
  discard(): Promise<void>;
}

/** Begins a file; where it is not on a disk of this machine, the text is kept until it is whole. */
export function openTarget(target: vscode.Uri): Promise<TargetFile> {
  return target.scheme === 'file' ? onDisk(target.fsPath) : Promise.resolve(elsewhere(target));
}

async function onDisk(path: string): Promise<TargetFile> {
  const unfinished = `${path}.${process.pid}.part`;
  const file = await open(unfinished, 'w');
  const discard = async (): Promise<void> => {
    await file.close().catch(() => undefined);
    await rm(unfinished, { force: true }).catch(() => undefined);
  };
  return {
    write: async (text) => {
      await file.write(text);
    },
    keep: async () => {
      await file.close();
      await rename(unfinished, path);
    },
    discard,
  };
}

function elsewhere(target: vscode.Uri): TargetFile {
  const pieces: Buffer[] = [];
  return {
    write: (text) => {
      pieces.push(Buffer.from(text));
      return Promise.resolve();
    },
    keep: async () => {
      await vscode.workspace.fs.writeFile(target, Buffer.concat(pieces));
    },
    discard: () => {
      pieces.length = 0;
      return Promise.resolve();
    },
  };
}

import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import * as vscode from 'vscode';

/** A file that is being written; nobody sees it by its name before it is whole. */
export interface TargetFile {
  write(text: string): Promise<void>;
  /** Ends the writing and puts the file in its place, where one of this name goes. */
  keep(): Promise<void>;
  /** Ends the writing and leaves nothing behind; never rejects. */
  discard(): Promise<void>;
}

/** Files that are being written. */
const begun = new Set<string>();

/** Leaves nothing behind of what is being written: nobody will go on with it. */
export function discardUnfinished(): void {
  for (const path of begun) {
    try {
      rmSync(path, { force: true });
    } catch {
      continue;
    }
  }
}

/** Begins a file; where it is not on a disk of this machine, the text is kept until it is whole. */
export function openTarget(target: vscode.Uri): Promise<TargetFile> {
  return target.scheme === 'file' ? onDisk(target.fsPath) : Promise.resolve(elsewhere(target));
}

async function onDisk(path: string): Promise<TargetFile> {
  // Its own name may be as long as a name can be.
  const unfinished = join(dirname(path), `.${randomUUID()}.part`);
  const file = await open(unfinished, 'wx');
  begun.add(unfinished);
  const discard = async (): Promise<void> => {
    begun.delete(unfinished);
    await file.close().catch(() => undefined);
    await rm(unfinished, { force: true }).catch(() => undefined);
  };
  return {
    write: async (text) => {
      // Unlike `write`, it does not stop half-way on a disk that is nearly full.
      await file.appendFile(text);
    },
    keep: async () => {
      await file.close();
      await rename(unfinished, path);
      begun.delete(unfinished);
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

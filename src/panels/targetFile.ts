import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
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

/** Lines that are kept for a while, since they would take much memory; nobody else can read them. */
export interface ScratchFile {
  write(text: string): Promise<void>;
  /** From the first on; without their line breaks. */
  lines(): AsyncIterable<string>;
  /** Leaves nothing behind; never rejects. */
  discard(): Promise<void>;
}

/** Begins a file among the temporary ones of this machine. */
export async function openScratch(): Promise<ScratchFile> {
  const path = join(tmpdir(), `mlflow-${randomUUID()}.part`);
  const file = await open(path, 'wx+', 0o600);
  begun.add(path);
  return {
    write: async (text) => {
      await file.appendFile(text);
    },
    lines: () => file.readLines({ start: 0, autoClose: false }),
    discard: async () => {
      begun.delete(path);
      await file.close().catch(() => undefined);
      await rm(path, { force: true }).catch(() => undefined);
    },
  };
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

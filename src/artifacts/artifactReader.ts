import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import * as vscode from 'vscode';

import { fileFailure } from '../host/fileFailure';
import { SaidError } from '../host/explainError';
import { artifactAddress, artifactUri } from '../host/artifactUri';
import { baseName, isPlainPath, type ArtifactAddress } from '../mlflow/artifactAddress';
import { isAbortError, MlflowError } from '../mlflow/errors';
import { formatSize } from '../mlflow/format';
import type { Artifact } from '../mlflow/model';
import { textHash } from '../mlflow/textHash';
import { ArtifactSource } from '../state/artifactSource';
import { ArtifactTooLarge } from '../state/readArtifact';
import type { Sessions } from '../state/sessions';
import { FileReader, type OnBytes } from './fileReader';
import { largeNotebook } from './largeNotebook';

const megabyte = 1024 * 1024;
/** The largest file that VS Code gets whole, since it has it in memory more than once. */
const largest = 25 * megabyte;

/** What becomes of a file that somebody wants to open. */
export type Prepared =
  { readonly kind: 'ready' } | { readonly kind: 'tooLarge'; readonly size: number | undefined };

/** Reads artifacts for VS Code's own editors; loaded with the first of them. */
export class ArtifactReader {
  private readonly source: ArtifactSource;
  private readonly files: FileReader;
  /** Folders with copies for programs outside. */
  private readonly copies = new Set<string>();
  private readonly ending = new AbortController();

  constructor(sessions: Sessions) {
    this.source = new ArtifactSource(sessions);
    this.files = new FileReader({
      open: ({ key, place }, range, signal) => this.source.open({ key, place }, range, signal),
      most: largest,
      remembered: 64 * megabyte,
      part: megabyte,
    });
  }

  /** The times are made of the state of the file, so that they are others exactly when the file is. */
  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const address = addressOf(uri);
    if (address.place.path === '') {
      return folderStat;
    }
    try {
      const { size, state } = await this.files.facts(address);
      const permissions = vscode.FilePermission.Readonly;
      return { type: vscode.FileType.File, ctime: 0, mtime: textHash(state), size, permissions };
    } catch (error) {
      if (await this.isFolder(address, error)) {
        return folderStat;
      }
      throw failureOf(address, error);
    }
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    const address = addressOf(uri);
    const { Directory, File } = vscode.FileType;
    const entries = await this.list(address).catch((error: unknown) => {
      throw failureOf(address, error);
    });
    const types = new Map<string, vscode.FileType>();
    for (const { path, isDirectory } of entries) {
      const name = path.slice(address.place.path === '' ? 0 : address.place.path.length + 1);
      if (isPlainPath(name) && name !== '' && !name.includes('/')) {
        types.set(name, isDirectory ? Directory : File);
      }
    }
    return [...types];
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const address = addressOf(uri);
    try {
      const bytes = await this.files.read(address);
      return /\.ipynb$/i.test(address.place.path)
        ? await largeNotebook({ bytes, leftOut: leftOut() })
        : bytes;
    } catch (error) {
      throw failureOf(address, error);
    }
  }

  /** Reads a file that is about to be opened, unless it is too large; rejects as the store does. */
  async prepare(
    address: ArtifactAddress,
    onBytes: OnBytes,
    signal: AbortSignal,
  ): Promise<Prepared> {
    try {
      await this.files.read(address, signal, onBytes);
      return { kind: 'ready' };
    } catch (error) {
      if (error instanceof ArtifactTooLarge) {
        return { kind: 'tooLarge', size: error.size };
      }
      throw said(address, error);
    }
  }

  /** Copies a file to a folder of its own, where a program outside can see it; resolves to its path. */
  async copyForViewing(
    address: ArtifactAddress,
    onBytes: OnBytes,
    signal: AbortSignal,
  ): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'mlflow-'));
    this.copies.add(folder);
    const file = join(folder, nameForViewing(address));
    try {
      await this.source.save(
        address,
        { file, from: 0, validator: undefined },
        ({ written, size }) => onBytes(written, size),
        signal,
      );
      return file;
    } catch (error) {
      removeFolder(folder);
      throw said(address, error);
    }
  }

  /** Whatever is asked from now on is asked of the store. */
  forget(): void {
    this.files.forget();
  }

  dispose(): void {
    this.ending.abort();
    this.files.dispose();
    this.copies.forEach(removeFolder);
  }

  private async list({ key, place }: ArtifactAddress): Promise<readonly Artifact[]> {
    return (await this.source.list({ key, place }, this.ending.signal)).files;
  }

  /** Whether what could not be opened as a file is a folder: stores say that in many ways. */
  private async isFolder(address: ArtifactAddress, error: unknown): Promise<boolean> {
    if (!(error instanceof MlflowError) || address.part !== undefined) {
      return false;
    }
    if (error.kind === 'unauthorized' || error.kind === 'unsupported' || mayPass(error)) {
      return false;
    }
    const { path, owner } = address.place;
    const above = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    const parent = { ...address, place: { owner, path: above } };
    const entries = await this.list(parent).catch(() => []);
    return entries.some((entry) => entry.path === path && entry.isDirectory);
  }
}

/** Nothing of the name that the server gave but plain letters and digits; the beginning keeps devices of Windows out. */
function nameForViewing({ place }: ArtifactAddress): string {
  const [, stem = '', ending = ''] = /^(.*?)(\.[a-z0-9]{1,8})?$/is.exec(baseName(place.path)) ?? [];
  return `mlflow-${stem.replace(/[^\p{L}\p{N}_-]+/gu, '-').slice(0, 60)}${ending}`;
}

function leftOut(): string {
  return vscode.l10n.t(
    'This output is left out, since it may hold a script. Download the notebook to see it.',
  );
}

/** A program that still shows the copy may keep it from being removed. */
function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    return;
  }
}

const folderStat: vscode.FileStat = {
  ...{ type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 },
  permissions: vscode.FilePermission.Readonly,
};

/** No answer came at all; a 5xx is MLflow 2's answer for a folder, too. */
function mayPass({ kind, reason }: MlflowError): boolean {
  return kind === 'unreachable' && reason !== 'serverError' && reason !== 'html';
}

function addressOf(uri: vscode.Uri): ArtifactAddress {
  const address = artifactAddress(uri);
  if (address === undefined) {
    throw vscode.FileSystemError.FileNotFound(
      vscode.l10n.t('This is not the address of an artifact.'),
    );
  }
  return address;
}

function failureOf(address: ArtifactAddress, error: unknown): vscode.FileSystemError {
  return fileFailure(
    isAbortError(error)
      ? vscode.FileSystemError.Unavailable(artifactUri(address))
      : said(address, error),
  );
}

/** What only artifacts can fail with, in a sentence. */
function said({ place }: ArtifactAddress, error: unknown): unknown {
  if (error instanceof ArtifactTooLarge) {
    const limit = `${largest / megabyte} MB`;
    return new SaidError(
      vscode.l10n.t(
        '{0} has {1}; up to {2} are opened at once. Choose it in the MLflow view to open its beginning or its end, or to download it.',
        baseName(place.path),
        formatSize(error.size) || vscode.l10n.t('more than {0}', limit),
        limit,
      ),
    );
  }
  return error;
}

import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import type { ArtifactPlace } from '../mlflow/model';
import { holderOf } from '../state/artifactSource';
import { ArtifactTooLarge, readArtifact } from '../state/readArtifact';
import type { SessionStore } from '../state/sessionStore';

/** Larger files are not read for a page. */
export const mostRead = 25 * 1024 * 1024;

/** Reads a file for a page; rejects with a sentence where it is larger than `most` bytes. */
export async function readForPage(
  store: SessionStore,
  place: ArtifactPlace,
  signal: AbortSignal,
  most = mostRead,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await store.ask(
      (asked) => readArtifact(holderOf(place.owner, store, asked), place, most, signal),
      signal,
    );
  } catch (error) {
    throw error instanceof ArtifactTooLarge ? new SaidError(tooLargeSentence(error)) : error;
  }
}

/** Says that a file is too large to be shown, and how large. */
export function tooLargeSentence({ most, size }: ArtifactTooLarge): string {
  return size === undefined
    ? vscode.l10n.t('The file is larger than {0} MB. Download it to look at it.', inMegabytes(most))
    : vscode.l10n.t(
        'The file has {0} MB; up to {1} MB are shown here. Download it to look at it.',
        inMegabytes(size),
        inMegabytes(most),
      );
}

function inMegabytes(bytes: number): string {
  return (bytes / (1024 * 1024)).toLocaleString(vscode.env.language, { maximumFractionDigits: 1 });
}

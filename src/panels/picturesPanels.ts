import * as vscode from 'vscode';

import { artifactAddress } from '../host/artifactUri';
import { SaidError } from '../host/explainError';
import type { ArtifactAddress } from '../mlflow/artifactAddress';
import { OpenPages, type PageKind } from './openPages';
import type { PanelsHost } from './panelsHost';
import { PicturesPanel, picturesTitle } from './picturesPanel';
import { isList, isRecord } from './present/restoreState';

/** So many pictures fit beside each other. */
const mostPictures = 16;

/** The pages that compare pictures. */
export class PicturesPanels implements PageKind {
  private readonly open: OpenPages<PicturesPanel, readonly ArtifactAddress[]>;

  constructor(host: PanelsHost) {
    this.open = new OpenPages(
      host,
      'pictures',
      (panel, pictures) => new PicturesPanel({ host, panel, pictures }),
    );
  }

  get all(): readonly PicturesPanel[] {
    return this.open.all;
  }

  /** Shows these pictures side by side: in the page that does so already, else in a new one. */
  compare(pictures: readonly ArtifactAddress[]): void {
    if (pictures.length > mostPictures) {
      throw new SaidError(
        vscode.l10n.t(
          '{0} pictures are too many; up to {1} are compared side by side.',
          pictures.length,
          mostPictures,
        ),
      );
    }
    this.open.show(pictures, picturesTitle(pictures), (page) => page.compares(pictures));
  }

  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const refusal = vscode.l10n.t(
      'What was kept of this page cannot be read, so it is not restored. Compare the pictures anew.',
    );
    this.open.restore(panel, fromState(state), refusal);
  }

  dispose(): void {
    this.open.dispose();
  }
}

function fromState(state: unknown): readonly ArtifactAddress[] | undefined {
  const kept = isRecord(state) && state['version'] === 1 ? state['pictures'] : undefined;
  if (!isList(kept) || kept.length === 0 || kept.length > mostPictures) {
    return undefined;
  }
  const pictures = kept.map((uri) =>
    typeof uri === 'string' ? artifactAddress(vscode.Uri.parse(uri)) : undefined,
  );
  return pictures.every((each) => each !== undefined) ? pictures : undefined;
}

import * as vscode from 'vscode';

import { artifactUri } from '../host/artifactUri';
import { SaidError } from '../host/explainError';
import { isPlainPath, type ArtifactAddress } from '../mlflow/artifactAddress';
import { ArtifactSource } from '../state/artifactSource';
import { done } from './done';
import type { PanelsHost } from './panelsHost';
import { mostRead, readForPage } from './readForPage';

/** The file that a preview shows, and those beside it. */
export class PreviewSource {
  private readonly source: ArtifactSource;

  constructor(
    { sessions }: PanelsHost,
    private readonly address: ArtifactAddress,
  ) {
    this.source = new ArtifactSource(sessions);
  }

  /** The whole file; rejects where it is larger than `most` bytes. */
  read(signal: AbortSignal, most = mostRead): Promise<Uint8Array<ArrayBuffer>> {
    return this.readAt(this.address, signal, most);
  }

  /** A file beside it; `path` is relative to its folder. */
  readBeside(path: string, signal: AbortSignal, most: number): Promise<Uint8Array<ArrayBuffer>> {
    return this.readAt(this.beside(path), signal, most);
  }

  /** Opens a file beside it in the editor that VS Code has for it. */
  async openBeside(path: string): Promise<undefined> {
    const uri = artifactUri(this.beside(path));
    return done(vscode.commands.executeCommand('vscode.open', uri));
  }

  /** Opens the file as text beside the preview. */
  openText(): Promise<undefined> {
    const uri = artifactUri(this.address);
    const options = { viewColumn: vscode.ViewColumn.Beside };
    return done(vscode.commands.executeCommand('vscode.openWith', uri, 'default', options));
  }

  private async readAt(
    address: ArtifactAddress,
    signal: AbortSignal,
    most: number,
  ): Promise<Uint8Array<ArrayBuffer>> {
    return readForPage(await this.source.store(address), address.place, signal, most);
  }

  private beside(path: string): ArtifactAddress {
    const { place } = this.address;
    const folder = place.path.slice(0, place.path.lastIndexOf('/') + 1);
    if (path === '' || !isPlainPath(path)) {
      throw new SaidError(vscode.l10n.t('The model names no file of its own there.'));
    }
    return { ...this.address, place: { owner: place.owner, path: `${folder}${path}` } };
  }
}

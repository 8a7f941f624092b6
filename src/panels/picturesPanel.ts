import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import { artifactUri } from '../host/artifactUri';
import type { ArtifactAddress } from '../mlflow/artifactAddress';
import { toOneLine } from '../mlflow/format';
import type { ComparedPicture, PicturesPage } from '../protocol/picturesPage';
import { ArtifactSource } from '../state/artifactSource';
import { done } from './done';
import type { OpenPage } from './openPages';
import { Page } from './page';
import { PageTroubles } from './pageTroubles';
import type { PanelsHost } from './panelsHost';
import { readForPage } from './readForPage';

export interface PicturesPanelOptions {
  readonly host: PanelsHost;
  readonly panel: vscode.WebviewPanel;
  readonly pictures: readonly ArtifactAddress[];
}

const longestTitle = 60;

/** The extension's side of the page that compares pictures. */
export class PicturesPanel implements OpenPage {
  private readonly troubles: PageTroubles;
  private readonly source: ArtifactSource;
  private readonly page: Page<PicturesPage>;

  constructor(private readonly options: PicturesPanelOptions) {
    const { host, panel } = options;
    this.troubles = new PageTroubles(host, 'pictures');
    this.source = new ArtifactSource(host.sessions);
    this.page = new Page<PicturesPage>(panel, {
      name: 'pictures',
      showsPictures: true,
      extensionUri: host.extensionUri,
      handlers: {
        requests: {
          init: () =>
            Promise.resolve({
              texts: vscode.l10n.bundle,
              locale: vscode.env.language,
              restore: restoreState(options.pictures),
              pictures: options.pictures.map((address, at) => this.present(address, at)),
            }),
          picture: async (key, signal) => {
            const address = this.addressOf(key);
            return readForPage(await this.source.store(address), address.place, signal);
          },
          openPicture: async (key) => {
            const uri = artifactUri(this.addressOf(key));
            return done(vscode.commands.executeCommand('vscode.open', uri));
          },
        },
        notices: { failure: (text) => this.troubles.note(text) },
      },
      encodeError: (error) => this.troubles.failure(error),
      onVisible: () => undefined,
    });
    panel.title = picturesTitle(options.pictures);
  }

  get webviewPanel(): vscode.WebviewPanel {
    return this.options.panel;
  }

  /** Whether exactly these are compared, in this order. */
  compares(pictures: readonly ArtifactAddress[]): boolean {
    const urisOf = (addresses: readonly ArtifactAddress[]): string =>
      addresses.map((address) => artifactUri(address).toString()).join('\n');
    return urisOf(pictures) === urisOf(this.options.pictures);
  }

  dispose(): void {
    this.page.dispose();
  }

  private addressOf(key: string): ArtifactAddress {
    const address = this.options.pictures[Number(key)];
    if (address === undefined) {
      throw new SaidError(vscode.l10n.t('There is no such picture.'));
    }
    return address;
  }

  private present({ place, ownerName }: ArtifactAddress, at: number): ComparedPicture {
    const { owner, path } = place;
    const isRun = owner.kind === 'run';
    return {
      key: String(at),
      name: ownerName,
      owner: isRun ? owner.runId : owner.kind === 'loggedModel' ? owner.modelId : owner.version,
      path,
      color: isRun ? this.options.host.colors.of(owner.runId) : undefined,
    };
  }
}

/** What VS Code restores the panel from: the addresses as documents have them. */
function restoreState(pictures: readonly ArtifactAddress[]): unknown {
  return { version: 1, pictures: pictures.map((address) => artifactUri(address).toString()) };
}

/** Names the file that is compared; of several the first. */
export function picturesTitle([first]: readonly ArtifactAddress[]): string {
  const path = first?.place.path ?? '';
  return vscode.l10n.t(
    'Compare: {0}',
    toOneLine(path.slice(path.lastIndexOf('/') + 1), longestTitle),
  );
}

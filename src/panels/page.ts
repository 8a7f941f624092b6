import { randomBytes } from 'node:crypto';

import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import { serve, type Handlers, type Protocol, type RpcServer } from '../protocol/rpc';
import { pageHtml } from './present/pageHtml';

export interface PageOptions<P extends Protocol> {
  /** Of the bundle in `dist/webview`. */
  readonly name: string;
  readonly extensionUri: vscode.Uri;
  /** See {@link pageHtml}. */
  readonly showsPictures?: boolean | undefined;
  readonly handlers: Handlers<P>;
  readonly encodeError: (error: unknown) => unknown;
  /** Whether the page can be seen; told at first, too. */
  readonly onVisible: (visible: boolean) => void;
}

type Name<T> = keyof T & string;

/**
 * The extension's end of a page. A page that is hidden ends and begins anew once it is seen: so what it had asked
 * for is given up, and it is told nothing before it has asked for `init`.
 */
export class Page<P extends Protocol> implements Disposable {
  private server: RpcServer<P>;
  private listener: ((message: unknown) => void) | undefined;
  private hasBegun = false;
  private readonly following: readonly vscode.Disposable[];

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly options: PageOptions<P>,
  ) {
    const { webview } = panel;
    const folder = vscode.Uri.joinPath(options.extensionUri, 'dist', 'webview');
    webview.options = { enableScripts: true, localResourceRoots: [folder] };
    this.server = this.newServer();
    this.following = [
      webview.onDidReceiveMessage((message: unknown) => this.take(message)),
      panel.onDidChangeViewState(() => this.follow()),
    ];
    const file = (name: string): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
    webview.html = pageHtml({
      cspSource: webview.cspSource,
      nonce: randomBytes(18).toString('base64'),
      language: vscode.env.language,
      title: panel.title,
      script: file(`${options.name}.js`),
      styles: [file('kit.css'), file(`${options.name}.css`)],
      showsPictures: options.showsPictures,
    });
    options.onVisible(panel.visible);
  }

  /** Tells the page, if there is one just now: one that begins later asks for everything. */
  emit<E extends Name<P['events']>>(event: E, value: P['events'][E]): void {
    if (this.hasBegun) {
      this.server.emit(event, value);
    }
  }

  dispose(): void {
    this.hasBegun = false;
    this.server.dispose();
    this.following.forEach((listener) => void listener.dispose());
  }

  private take(message: unknown): void {
    if (asksForInit(message)) {
      this.restart(true);
    }
    this.listener?.(message);
  }

  private follow(): void {
    if (!this.panel.visible && this.hasBegun) {
      this.restart(false);
    }
    this.options.onVisible(this.panel.visible);
  }

  /** Gives up what was asked for: a new page counts its requests from the beginning. */
  private restart(begun: boolean): void {
    this.hasBegun = begun;
    this.server.dispose();
    this.server = this.newServer();
  }

  private newServer(): RpcServer<P> {
    const { handlers, encodeError } = this.options;
    return serve(
      {
        post: (message) => void this.panel.webview.postMessage(message),
        onMessage: (listener) => {
          this.listener = listener;
          return () => {
            this.listener = undefined;
          };
        },
      },
      handlers,
      encodeError,
    );
  }
}

function asksForInit(message: unknown): boolean {
  return (
    typeof message === 'object' &&
    message !== null &&
    'rpc' in message &&
    'name' in message &&
    message.rpc === 'request' &&
    message.name === 'init'
  );
}

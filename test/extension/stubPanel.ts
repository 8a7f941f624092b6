import * as vscode from 'vscode';
import type { ComparePage } from '../../src/protocol/comparePage';
import { connect, type Channel, type Protocol, type RpcClient } from '../../src/protocol/rpc';

/** A panel as VS Code would hand it out, whose page is the test. */
export interface StubPanel {
  readonly panel: vscode.WebviewPanel;
  /** Begins a page, as VS Code does whenever it is shown. */
  page<P extends Protocol = ComparePage>(): RpcClient<P>;
  /** As it goes through VS Code, which makes JSON of all but buffers. */
  readonly posted: readonly unknown[];
  /** Says to the extension what a page without requests says. */
  say(message: unknown): void;
  setVisible(visible: boolean): void;
}

/** What VS Code hands on: JSON, with typed arrays as they are. */
function carried(value: unknown): unknown {
  if (ArrayBuffer.isView(value) || value === null || typeof value !== 'object') {
    return typeof value === 'number' && !Number.isFinite(value) ? null : value;
  }
  if (Array.isArray(value)) {
    return value.map((item) => carried(item ?? null));
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, carried(item)]));
}

export function stubPanel(): StubPanel {
  const received = new vscode.EventEmitter<unknown>();
  const viewState = new vscode.EventEmitter<vscode.WebviewPanelOnDidChangeViewStateEvent>();
  const disposal = new vscode.EventEmitter<void>();
  const posted: unknown[] = [];
  let listener: ((message: unknown) => void) | undefined;
  const state = { visible: true };
  const panel = {
    viewType: 'mlflow.compare',
    title: 'Compare',
    options: {},
    webview: {
      options: {},
      html: '',
      cspSource: 'https://files.example',
      asWebviewUri: (uri: vscode.Uri) => uri,
      onDidReceiveMessage: received.event,
      postMessage: (message: unknown) => {
        const copy = carried(message);
        posted.push(copy);
        queueMicrotask(() => listener?.(copy));
        return Promise.resolve(true);
      },
    },
    get visible() {
      return state.visible;
    },
    onDidChangeViewState: viewState.event,
    onDidDispose: disposal.event,
    reveal: () => undefined,
    dispose: () => disposal.fire(),
  } as unknown as vscode.WebviewPanel;
  return {
    panel,
    posted,
    say: (message) => received.fire(carried(message)),
    page: <P extends Protocol = ComparePage>() => {
      const channel: Channel = {
        post: (message) => received.fire(carried(message)),
        onMessage: (entry) => {
          listener = entry;
          return () => undefined;
        },
      };
      return connect<P>(channel, (value) => new Error(JSON.stringify(value)));
    },
    setVisible: (visible) => {
      state.visible = visible;
      viewState.fire({ webviewPanel: panel });
    },
  };
}

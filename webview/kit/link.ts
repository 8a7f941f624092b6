import type { PageFailure } from '../../src/protocol/comparePage';
import type { Channel, Protocol, RpcClient } from '../../src/protocol/rpc';
import { connect } from '../../src/protocol/rpc';

/** What VS Code gives to a page, once. */
interface EditorApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare const acquireVsCodeApi: () => EditorApi;

/** A page's end of the connection to the extension. */
export interface Link<P extends Protocol> extends RpcClient<P> {
  /** What the page kept with `setState`; it outlives a reload of the window. */
  getState(): unknown;
  setState(state: unknown): void;
}

/** What a request was refused with; the message is a sentence for the person. */
export class PageError extends Error {
  /** @param failure what the extension said, in whole */
  constructor(readonly failure: unknown) {
    super(sentenceOf(failure));
  }
}

/** Connects the page; failures arrive as {@link PageError}. */
export function connectPage<P extends Protocol>(): Link<P> {
  const api = acquireVsCodeApi();
  const channel: Channel = {
    post: (message) => api.postMessage(message),
    onMessage: (listener) => {
      const entry = (event: MessageEvent<unknown>): void => listener(event.data);
      window.addEventListener('message', entry);
      return () => window.removeEventListener('message', entry);
    },
  };
  const client = connect<P>(channel, (value) => new PageError(value));
  return { ...client, getState: () => api.getState(), setState: (state) => api.setState(state) };
}

function sentenceOf(value: unknown): string {
  return isFailure(value) ? value.sentence : String(value);
}

function isFailure(value: unknown): value is PageFailure {
  return typeof value === 'object' && value !== null && 'sentence' in value;
}

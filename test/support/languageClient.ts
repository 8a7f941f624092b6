import { PassThrough } from 'node:stream';
import {
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import {
  type FileKind,
  fileRequests,
  type FolderEntry,
  languageNotices,
  type LanguageInitialization,
} from '../../src/protocol/language';
import { serve } from '../../src/server/connection';

/** A client and a server of one process, joined over streams; the client answers about files that it has in memory. */
export class LanguageTestClient {
  /** Texts by URI. */
  readonly files = new Map<string, string>();
  /** All that was shown, in order. */
  readonly shown: PublishDiagnosticsParams[] = [];
  /** Awaited before each answer about files. */
  beforeAnswer: (uri: string) => Promise<void> = () => Promise.resolve();
  private readonly waiting = new Set<() => void>();

  private constructor(readonly connection: ProtocolConnection) {
    connection.onNotification('textDocument/publishDiagnostics', (params) => {
      this.shown.push(params as PublishDiagnosticsParams);
      this.waiting.forEach((look) => look());
    });
    const answer = (method: string, ask: (uri: string) => unknown): void => {
      connection.onRequest(method, async ({ uri }: { uri: string }) => {
        await this.beforeAnswer(uri);
        return ask(uri);
      });
    };
    answer(fileRequests.kind, (uri) => this.kindOf(uri));
    answer(fileRequests.read, (uri) => this.files.get(uri) ?? null);
    answer(fileRequests.list, (uri) => this.list(uri));
    connection.listen();
  }

  static async start(options: Partial<LanguageInitialization> = {}): Promise<LanguageTestClient> {
    const up = new PassThrough();
    const down = new PassThrough();
    serve(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)));
    const reader = new StreamMessageReader(down);
    const client = new LanguageTestClient(
      createProtocolConnection(reader, new StreamMessageWriter(up)),
    );
    await client.connection.sendRequest('initialize', {
      processId: null,
      rootUri: null,
      capabilities: {},
      initializationOptions: { answersAboutFiles: true, ...options },
    });
    await client.connection.sendNotification('initialized', {});
    return client;
  }

  async stop(): Promise<void> {
    await this.connection.sendRequest('shutdown');
    this.connection.dispose();
  }

  async open(uri: string, text: string, languageId = 'mlproject'): Promise<void> {
    const textDocument = { uri, languageId, version: 1, text };
    await this.connection.sendNotification('textDocument/didOpen', { textDocument });
  }

  /** Replaces the first occurrence of a piece of `text`, the document's text until now; gives the new one. */
  async change(
    uri: string,
    version: number,
    text: string,
    piece: string,
    newText: string,
  ): Promise<string> {
    const at = text.indexOf(piece);
    const range = { start: positionIn(text, at), end: positionIn(text, at + piece.length) };
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ range, text: newText }],
    });
    return text.slice(0, at) + newText + text.slice(at + piece.length);
  }

  async request<T>(method: string, uri: string, params: object = {}): Promise<T> {
    return this.connection.sendRequest<T>(method, { textDocument: { uri }, ...params });
  }

  async filesChanged(...uris: string[]): Promise<void> {
    await this.connection.sendNotification(languageNotices.filesChanged, { uris });
  }

  /** What is shown for a document once something is shown of this version, or a later one, that `suits`. */
  async diagnostics(
    uri: string,
    version: number,
    suits: (found: readonly Diagnostic[]) => boolean = () => true,
  ): Promise<readonly Diagnostic[]> {
    for (;;) {
      const last = this.shown.findLast((one) => one.uri === uri);
      if (last !== undefined && (last.version ?? 0) >= version && suits(last.diagnostics)) {
        return last.diagnostics;
      }
      await new Promise<void>((resolve) => {
        const look = (): void => {
          this.waiting.delete(look);
          resolve();
        };
        this.waiting.add(look);
      });
    }
  }

  private kindOf(uri: string): FileKind {
    if (this.files.has(uri)) {
      return 'file';
    }
    return this.list(uri).length > 0 ? 'folder' : 'missing';
  }

  private list(uri: string): FolderEntry[] {
    const folder = `${uri.replace(/\/$/, '')}/`;
    const names = new Map<string, FolderEntry>();
    for (const file of this.files.keys()) {
      if (file.startsWith(folder)) {
        const [name = '', ...deeper] = file.slice(folder.length).split('/');
        names.set(name, { name, kind: deeper.length > 0 ? 'folder' : 'file' });
      }
    }
    return [...names.values()];
  }
}

export function positionIn(text: string, offset: number): { line: number; character: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

import type { Connection, Diagnostic, Disposable } from 'vscode-languageserver';
import { TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';

import { type LanguageSettings, usualLanguageSettings } from '../protocol/language';
import { AskedFiles } from './askedFiles';
import { Diagnosing } from './diagnosing';
import { documentVersions } from './documentVersions';
import type { FileSource } from './fileSource';
import { freeMemoryWhenIdle } from './freeMemory';
import type { FileService, ServiceContext } from './service/fileService';
import { serviceFor } from './services';

/** Milliseconds without typing before a document is looked through. */
const usualDelay = 150;

/** UTF-16 units of a document whose tree is worth giving back when it is closed. */
const largeText = 100_000;

/** The open documents, and what is to be said about each. */
export class LanguageServer implements Disposable {
  readonly documents = new TextDocuments(documentVersions);
  files: FileSource | undefined;
  settings: LanguageSettings = usualLanguageSettings;
  private readonly diagnosing = new Diagnosing((uri, isOld) => this.look(uri, isOld));
  private readonly services = new WeakMap<TextDocument, FileService | undefined>();
  /** What the newest look at a document asked about. */
  private readonly asked = new Map<string, AskedFiles>();

  constructor(private readonly connection: Connection) {
    // Also for one that was opened.
    this.documents.onDidChangeContent(({ document: { uri } }) => {
      this.diagnosing.schedule(uri, this.diagnosing.knows(uri) ? usualDelay : 0);
      this.filesChanged([uri]);
    });
    this.documents.onDidClose(({ document }) => {
      const { uri } = document;
      if (document.getText().length > largeText) {
        freeMemoryWhenIdle();
      }
      this.diagnosing.forget(uri);
      this.asked.delete(uri);
      void connection.sendDiagnostics({ uri, diagnostics: [] });
      this.filesChanged([uri]);
    });
  }

  /** Looks anew through what depends on these files. */
  filesChanged(uris: readonly string[]): void {
    for (const [uri, files] of this.asked) {
      if (uris.some((changed) => changed !== uri && files.concerns(changed))) {
        this.diagnosing.schedule(uri, usualDelay);
      }
    }
  }

  lookAgain(): void {
    this.documents.keys().forEach((uri) => this.diagnosing.schedule(uri, 0));
  }

  contextFor(
    { uri }: TextDocument,
    isCancelled: () => boolean,
  ): ServiceContext & { files: AskedFiles } {
    const source = this.files;
    if (source === undefined) {
      throw new Error('not initialized');
    }
    const files = new AskedFiles(uri, source, (other) => this.documents.get(other));
    return { files, settings: this.settings, isCancelled };
  }

  /** The service for a document; as the last look found it, since it depends on files that may be far away. */
  async serviceOf(
    document: TextDocument,
    context: ServiceContext,
  ): Promise<FileService | undefined> {
    if (!this.services.has(document)) {
      this.services.set(document, await serviceFor(document, context));
    }
    return this.services.get(document);
  }

  dispose(): void {
    this.diagnosing.dispose();
  }

  private async look(uri: string, isOld: () => boolean): Promise<void> {
    const document = this.documents.get(uri);
    if (document === undefined) {
      return;
    }
    const context = this.contextFor(document, isOld);
    let diagnostics: readonly Diagnostic[] = [];
    try {
      this.services.delete(document);
      const service = await this.serviceOf(document, context);
      diagnostics = (await service?.diagnose(document, context)) ?? [];
    } catch (error) {
      this.connection.console.error(`looking through ${uri}: ${String(error)}`);
    }
    if (!isOld() && this.documents.get(uri) === document) {
      this.asked.set(uri, context.files);
      const { version } = document;
      await this.connection.sendDiagnostics({ uri, version, diagnostics: [...diagnostics] });
    }
  }
}

import {
  type CancellationToken,
  type Connection,
  LSPErrorCodes,
  ResponseError,
  type TextDocumentIdentifier,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';

import type { LanguageServer } from './languageServer';
import type { FileService, ServiceContext } from './service/fileService';

type Ask<P, T> = (
  service: FileService,
  document: TextDocument,
  params: P,
  context: ServiceContext,
) => Promise<T | undefined> | undefined;

/** Hands each request about a document to the service for its kind. */
export function answerRequests(connection: Connection, server: LanguageServer): void {
  /** Null where no service has an answer; fails when the text is another one by then. */
  const answer =
    <P extends { textDocument: TextDocumentIdentifier }, T>(ask: Ask<P, T>) =>
    async (params: P, token: CancellationToken): Promise<T | null> => {
      const document = server.documents.get(params.textDocument.uri);
      if (document === undefined) {
        return null;
      }
      const context = server.contextFor(document, () => token.isCancellationRequested);
      const service = await server.serviceOf(document, context);
      const found = service && (await ask(service, document, params, context));
      if (server.documents.get(document.uri) !== document) {
        throw new ResponseError(LSPErrorCodes.ContentModified, 'the text has changed');
      }
      return found ?? null;
    };

  connection.onCompletion(
    answer(async (service, document, { position }, context) =>
      copied(await service.complete?.(document, position, context)),
    ),
  );
  connection.onHover(
    answer((service, document, { position }, context) =>
      service.hover?.(document, position, context),
    ),
  );
  connection.onDefinition(
    answer((service, document, { position }, context) =>
      service.define?.(document, position, context),
    ),
  );
  connection.onReferences(
    answer(async (service, document, { position }, context) =>
      copied(await service.references?.(document, position, context)),
    ),
  );
  connection.onPrepareRename(
    answer((service, document, { position }, context) =>
      service.prepareRename?.(document, position, context),
    ),
  );
  connection.onRenameRequest(
    answer((service, document, { position, newName }, context) =>
      service.rename?.(document, position, newName, context),
    ),
  );
  connection.onCodeAction(
    answer(async (service, document, { range, context: { diagnostics } }, context) =>
      copied(await service.fix?.(document, { range, diagnostics }, context)),
    ),
  );
  connection.onDocumentSymbol(
    answer(async (service, document, _, context) =>
      copied(await service.symbols?.(document, context)),
    ),
  );
  connection.onFoldingRanges(
    answer(async (service, document, _, context) =>
      copied(await service.folding?.(document, context)),
    ),
  );
  connection.onDocumentFormatting(
    answer(async (service, document, _, context) =>
      copied(await service.format?.(document, context)),
    ),
  );
  connection.onCodeLens(
    answer(async (service, document, _, context) =>
      copied(await service.lenses?.(document, context)),
    ),
  );
  connection.onDocumentLinks(
    answer(async (service, document, _, context) =>
      copied(await service.links?.(document, context)),
    ),
  );
  connection.onSelectionRanges(
    answer(async (service, document, { positions }, context) =>
      copied(await service.select?.(document, positions, context)),
    ),
  );
}

/** What the services give is not to be written to; the protocol's types do not say so. */
function copied<T>(items: readonly T[] | undefined): T[] | undefined {
  return items && [...items];
}

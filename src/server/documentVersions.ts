import type { TextDocumentsConfiguration } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';

/** Each version is an object of its own, so that a service which waits for a file goes on with the text it began with. */
export const documentVersions: TextDocumentsConfiguration<TextDocument> = {
  create: (uri, languageId, version, text) => TextDocument.create(uri, languageId, version, text),
  update: (document, changes, version) => {
    const { uri, languageId } = document;
    const copy = TextDocument.create(uri, languageId, document.version, document.getText());
    return TextDocument.update(copy, changes, version);
  },
};

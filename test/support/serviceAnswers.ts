import {
  type CompletionItem,
  InsertTextFormat,
  type Location,
  MarkupContent,
  type Range,
  TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileService } from '../../src/server/service/fileService';
import { atCursor } from './cursor';
import { documentOf, serviceContext } from './serviceContext';

type Files = Readonly<Record<string, string>>;

/** What a service offers at the `|` of a text. */
export class Answers {
  readonly document: TextDocument;
  private readonly position;
  private readonly context;

  constructor(
    private readonly service: FileService,
    marked: string,
    private readonly files: Files = {},
    readonly name = 'MLproject',
  ) {
    const { text, offset } = atCursor(marked);
    this.document = documentOf(text, name);
    this.position = this.document.positionAt(offset);
    this.context = serviceContext({ ...files, [name]: text });
  }

  async completions(): Promise<readonly CompletionItem[]> {
    return (await this.service.complete?.(this.document, this.position, this.context)) ?? [];
  }

  async labels(): Promise<string[]> {
    return (await this.completions()).map(({ label }) => label);
  }

  /** The text once an item is taken; of a snippet, the cursor is `|` and what is to be typed over stands as it is. */
  async taken(label: string): Promise<string> {
    const item = (await this.completions()).find((one) => one.label === label);
    if (item?.textEdit === undefined || !TextEdit.is(item.textEdit)) {
      throw new Error(`${label} is not offered`);
    }
    const { newText, range } = item.textEdit;
    const plain =
      item.insertTextFormat === InsertTextFormat.Snippet
        ? newText
            .replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, '$1')
            .replace(/\$\{\d+:([^}]*)\}/g, '$1')
            .replace(/\$0/, '|')
            .replace(/\$\d/g, '')
            .replace(/\\([$}\\])/g, '$1')
        : newText;
    return TextDocument.applyEdits(this.document, [{ range, newText: plain }]);
  }

  async hover(): Promise<string> {
    const hover = await this.service.hover?.(this.document, this.position, this.context);
    return hover && MarkupContent.is(hover.contents) ? hover.contents.value : '';
  }

  /** `file:line:column`, counted from 1. */
  async definition(): Promise<string> {
    const found = await this.service.define?.(this.document, this.position, this.context);
    return found === undefined || Array.isArray(found) ? '' : placeOf(found);
  }

  async references(): Promise<string[]> {
    const found = await this.service.references?.(this.document, this.position, this.context);
    return (found ?? []).map(placeOf);
  }

  async renameWord(): Promise<string | undefined> {
    const { document, position, context } = this;
    const start = await this.service.prepareRename?.(document, position, context);
    return start && `${start.placeholder}=${document.getText(start.range)}`;
  }

  /** The files that change, as they are then. */
  async renamed(newName: string): Promise<Record<string, string>> {
    const { document, position, context } = this;
    const edit = await this.service.rename?.(document, position, newName, context);
    return this.applied(edit);
  }

  private applied(edit: WorkspaceEdit | undefined): Record<string, string> {
    const changed = Object.entries(edit?.changes ?? {}).map(([uri, edits]) => {
      const name = uri.slice('file:///p/'.length);
      const text = name === this.name ? this.document.getText() : (this.files[name] ?? '');
      return [name, TextDocument.applyEdits(documentOf(text, name), edits)] as const;
    });
    return Object.fromEntries(changed);
  }
}

function placeOf({ uri, range }: Location): string {
  return `${uri.slice('file:///p/'.length)}:${startOf(range)}`;
}

function startOf({ start: { line, character } }: Range): string {
  return `${line + 1}:${character + 1}`;
}

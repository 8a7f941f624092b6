import type {
  CodeAction,
  CodeLens,
  CompletionItem,
  Definition,
  Diagnostic,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  Hover,
  Location,
  Position,
  Range,
  SelectionRange,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';

import type { LanguageSettings } from '../../protocol/language';
import type { ProjectFiles } from './projectFiles';

/** What a service may ask beside the document itself. */
export interface ServiceContext {
  readonly files: ProjectFiles;
  readonly settings: LanguageSettings;
  /** True once nobody waits for the answer; looked at between pieces of work. */
  readonly isCancelled: () => boolean;
}

/** Where a rename can begin, and what the new name is typed over. */
export interface RenameStart {
  readonly range: Range;
  readonly placeholder: string;
}

export interface FixRequest {
  readonly range: Range;
  /** Those of {@link FileService.diagnose} that touch the range. */
  readonly diagnostics: readonly Diagnostic[];
}

type At<T> = (document: TextDocument, position: Position, context: ServiceContext) => Promise<T>;
type Of<T> = (document: TextDocument, context: ServiceContext) => Promise<T>;

/** What is offered for one kind of file. Every function is pure, and throws nothing for any text. */
export interface FileService {
  readonly diagnose: Of<readonly Diagnostic[]>;
  readonly complete?: At<readonly CompletionItem[]>;
  readonly hover?: At<Hover | undefined>;
  readonly define?: At<Definition | undefined>;
  readonly references?: At<readonly Location[]>;
  readonly prepareRename?: At<RenameStart | undefined>;
  readonly rename?: (
    document: TextDocument,
    position: Position,
    newName: string,
    context: ServiceContext,
  ) => Promise<WorkspaceEdit | undefined>;
  readonly fix?: (
    document: TextDocument,
    request: FixRequest,
    context: ServiceContext,
  ) => Promise<readonly CodeAction[]>;
  readonly symbols?: Of<readonly DocumentSymbol[]>;
  readonly folding?: Of<readonly FoldingRange[]>;
  readonly format?: Of<readonly TextEdit[]>;
  readonly lenses?: Of<readonly CodeLens[]>;
  readonly links?: Of<readonly DocumentLink[]>;
  readonly select?: (
    document: TextDocument,
    positions: readonly Position[],
    context: ServiceContext,
  ) => Promise<readonly SelectionRange[]>;
}

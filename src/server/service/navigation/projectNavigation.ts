import type { Definition, DocumentLink, Location, Position } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ServiceContext } from '../fileService';
import { covers, innerSpan } from '../nodePath';
import { namedFiles, type NamedFile } from '../project/namedFiles';
import { projectOf, rangeOf } from '../projectDocument';
import { chosenInProject, parameterPlaces, placeOf } from './parameterPlaces';

const start = { line: 0, character: 0 };

/** From a placeholder to its parameter, and from the name of a file to the file. */
export async function defineInProject(
  document: TextDocument,
  position: Position,
  { files }: ServiceContext,
): Promise<Definition | undefined> {
  const chosen = chosenInProject(document, position);
  if (chosen !== undefined) {
    const declared = chosen.parameter?.entry.key;
    return declared && placeOf(document, innerSpan(declared));
  }
  const offset = document.offsetAt(position);
  const named = namedFiles(projectOf(document).project).find(({ span }) => covers(span, offset));
  if (named === undefined || (await files.kindOf(named.path)) !== 'file') return undefined;
  return { uri: files.uriOf(named.path), range: { start, end: start } };
}

/** The declaration, the placeholders, and the sweep files in the folder. */
export async function referencesInProject(
  document: TextDocument,
  position: Position,
  context: ServiceContext,
): Promise<readonly Location[]> {
  const chosen = chosenInProject(document, position);
  return chosen === undefined ? [] : parameterPlaces(chosen, context);
}

/** Files that an MLproject names, and that exist. */
export async function linksInProject(
  document: TextDocument,
  { files }: ServiceContext,
): Promise<readonly DocumentLink[]> {
  const named = namedFiles(projectOf(document).project).slice(0, most);
  const kinds = await Promise.all(named.map(({ path }) => files.kindOf(path)));
  return named.flatMap((one, at) =>
    kinds[at] === 'file' ? [linkTo(document, one, files.uriOf(one.path))] : [],
  );
}

/** Each one is asked about. */
const most = 500;

function linkTo(document: TextDocument, { span }: NamedFile, target: string): DocumentLink {
  return { range: rangeOf(document, span), target };
}

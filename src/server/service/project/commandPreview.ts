import type { ProjectFiles } from '../projectFiles';
import type { FormatPiece } from '../python/formatPieces';
import { pythonText } from '../python/pythonText';
import { shellQuote } from '../python/shellQuote';
import type { EntryPointModel, ParameterModel } from './projectModel';

/**
 * The command that MLflow hands to the shell when only parameters without a default are given, those as `<name>`. Undefined
 * where the command cannot be formatted, takes values apart (`{a.upper}`, `{a!r}`), or uses a default that is no scalar.
 */
export function commandPreview(
  { command, parameters }: EntryPointModel,
  files: ProjectFiles,
): string | undefined {
  if (command === undefined) return undefined;
  const values = new Map(parameters.map((one) => [one.name, givenText(one, files)]));
  let preview = '';
  for (const piece of command.pieces) {
    const text = pieceText(command.text, piece, values);
    if (text === undefined) return undefined;
    preview += text;
  }
  return preview;
}

function pieceText(
  command: string,
  piece: FormatPiece,
  values: ReadonlyMap<string, string | undefined>,
): string | undefined {
  switch (piece.kind) {
    case 'text':
      return command.slice(piece.span.start, piece.span.end);
    case 'escape':
      return command.slice(piece.span.start, piece.span.start + 1);
    case 'mistake':
      return undefined;
    case 'field': {
      const { name, stepsSpan, conversion, specSpan } = piece.field;
      const isPlain =
        stepsSpan.start === stepsSpan.end &&
        conversion === undefined &&
        (specSpan === undefined || specSpan.start === specSpan.end);
      return isPlain ? values.get(name) : undefined;
    }
  }
}

function givenText(
  { name, type, defaultValue }: ParameterModel,
  files: ProjectFiles,
): string | undefined {
  if (defaultValue === undefined) return `<${name}>`;
  const text = pythonText(defaultValue);
  return text === undefined
    ? undefined
    : shellQuote(type === 'path' && !hasScheme(text) ? absolutePath(text, files) : text);
}

/** A URI, which MLflow downloads; a drive of Windows counts as one for Python, too. */
function hasScheme(text: string): boolean {
  return /^[a-z][a-z\d+.-]*:/i.test(text);
}

/** As MLflow makes it when it is run in the project's folder. */
function absolutePath(path: string, files: ProjectFiles): string {
  const uri = files.uriOf(path);
  const [, found] = /^file:\/\/(\/.*)$/.exec(uri) ?? [];
  if (found === undefined) return path;
  try {
    return decodeURIComponent(found).replace(/^\/(?=[a-z]:)/i, '');
  } catch {
    return path;
  }
}

import * as l10n from '@vscode/l10n';
import {
  LSPErrorCodes,
  ResponseError,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { RenameStart, ServiceContext } from '../fileService';
import { rangeOf } from '../projectDocument';
import { plainValue } from '../python/pythonValue';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { parameterPlaces, type ChosenParameter } from './parameterPlaces';

/** Where a rename begins; undefined for a placeholder of what is declared nowhere. */
export function renameStart(
  document: TextDocument,
  chosen: ChosenParameter | undefined,
): RenameStart | undefined {
  return chosen?.parameter && { range: rangeOf(document, chosen.span), placeholder: chosen.name };
}

/**
 * Renames a parameter wherever it is named. Throws a ResponseError with a sentence for a name that a placeholder, or YAML,
 * would read as something else, and for one that is taken.
 */
export async function renameParameter(
  chosen: ChosenParameter | undefined,
  newName: string,
  context: ServiceContext,
): Promise<WorkspaceEdit | undefined> {
  if (chosen?.parameter === undefined) return undefined;
  const refusal = refuseName(chosen, newName);
  if (refusal !== undefined) throw new ResponseError(LSPErrorCodes.RequestFailed, refusal);
  const changes: Record<string, TextEdit[]> = {};
  for (const { uri, range } of await parameterPlaces(chosen, context)) {
    (changes[uri] ??= []).push({ range, newText: newName });
  }
  return { changes };
}

function refuseName({ name, entryPoint }: ChosenParameter, newName: string): string | undefined {
  if (!/^[\p{L}_][\p{L}\p{M}\p{N}_-]*$/u.test(newName) || plainValue(newName).type !== 'str') {
    return l10n.t('{0} is no name for a parameter: use letters, digits, - and _.', newName);
  }
  const isTaken = newName !== name && entryPoint.parameters.some((one) => one.name === newName);
  return isTaken ? l10n.t('{0} has a parameter {1} already.', entryPoint.name, newName) : undefined;
}

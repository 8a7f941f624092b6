import * as l10n from '@vscode/l10n';
import type { Definition, DocumentLink, Location, Position } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ServiceContext } from '../fileService';
import { covers, innerSpan } from '../nodePath';
import { rangeOf, yamlOf } from '../projectDocument';
import { projectFileName, projectBeside } from '../sweep/projectBeside';
import { readSweep } from '../sweep/readSweep';
import { sweepTarget } from '../sweep/sweepTarget';
import { chosenInSweep, parameterPlaces, placeOf } from './parameterPlaces';

/** From the name of a parameter, or of the entry point, to the MLproject. */
export async function defineInSweep(
  document: TextDocument,
  position: Position,
  context: ServiceContext,
): Promise<Definition | undefined> {
  const chosen = await chosenInSweep(document, position, context);
  if (chosen?.parameter !== undefined) {
    return placeOf(chosen.project.text, innerSpan(chosen.parameter.entry.key));
  }
  const { sweep } = readSweep(yamlOf(document));
  const named = sweep?.entryPoint;
  if (sweep === undefined || named === undefined) return undefined;
  if (!covers(named.span, document.offsetAt(position))) return undefined;
  const beside = await projectBeside(context.files);
  const { entryPoint } = beside ? sweepTarget(sweep, beside.document.project) : {};
  return beside && entryPoint && placeOf(beside.document.text, innerSpan(entryPoint.entry.key));
}

export async function referencesInSweep(
  document: TextDocument,
  position: Position,
  context: ServiceContext,
): Promise<readonly Location[]> {
  const chosen = await chosenInSweep(document, position, context);
  return chosen === undefined ? [] : parameterPlaces(chosen, context);
}

/** The script, and the MLproject behind the name of its entry point. */
export async function linksInSweep(
  document: TextDocument,
  { files }: ServiceContext,
): Promise<readonly DocumentLink[]> {
  const { sweep } = readSweep(yamlOf(document));
  const { program, entryPoint } = sweep ?? {};
  const links: DocumentLink[] = [];
  if (program !== undefined && (await files.kindOf(program.text)) === 'file') {
    links.push({ range: rangeOf(document, program.span), target: files.uriOf(program.text) });
  }
  const name = entryPoint && (await projectFileName(files));
  if (entryPoint !== undefined && name !== undefined) {
    const tooltip = l10n.t('Open {0}', name);
    const range = rangeOf(document, entryPoint.span);
    links.push({ range, target: files.uriOf(name), tooltip });
  }
  return links;
}

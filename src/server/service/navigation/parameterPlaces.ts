import type { Location, Position } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ServiceContext } from '../fileService';
import { covers } from '../nodePath';
import {
  findParameterAt,
  parameterSpans,
  sharingEntryPoints,
  type ParameterAt,
} from '../project/parameterAt';
import { projectOf, rangeOf, yamlOf, type ProjectDocument } from '../projectDocument';
import { projectBeside } from '../sweep/projectBeside';
import { readSweep } from '../sweep/readSweep';
import { sweepsBeside } from '../sweep/sweepsBeside';
import { sweepTarget } from '../sweep/sweepTarget';
import type { Span } from '../yaml/yamlTree';

/** A parameter that the cursor is on, in an MLproject or in a sweep file. */
export interface ChosenParameter extends ParameterAt {
  readonly project: ProjectDocument;
}

/** In an MLproject: on a declaration, or on a placeholder. */
export function chosenInProject(
  document: TextDocument,
  position: Position,
): ChosenParameter | undefined {
  const project = projectOf(document);
  const found = findParameterAt(project, document.offsetAt(position));
  return found && { ...found, project };
}

/** In a sweep file: on the name of a parameter that the entry point has. */
export async function chosenInSweep(
  document: TextDocument,
  position: Position,
  { files }: ServiceContext,
): Promise<ChosenParameter | undefined> {
  const { sweep } = readSweep(yamlOf(document));
  const offset = document.offsetAt(position);
  const chosen = sweep?.parameters.find(({ nameSpan }) => covers(nameSpan, offset));
  const beside = chosen && (await projectBeside(files));
  if (sweep === undefined || chosen === undefined || beside === undefined) return undefined;
  const project = beside.document;
  const { entryPoint } = sweepTarget(sweep, project.project);
  const parameter = entryPoint?.parameters.find(({ name }) => name === chosen.name);
  if (entryPoint === undefined || parameter === undefined) return undefined;
  return { entryPoint, parameter, name: chosen.name, span: chosen.nameSpan, project };
}

/** Everywhere that a parameter is named: its MLproject, the declaration first, then the sweep files beside it. */
export async function parameterPlaces(
  chosen: ChosenParameter,
  context: ServiceContext,
): Promise<Location[]> {
  const { project, parameter, name } = chosen;
  const places = parameterSpans(project.project, chosen).map((span) => placeOf(project.text, span));
  if (parameter === undefined) return places;
  const sharing = new Set(sharingEntryPoints(project.project, parameter).map((one) => one.name));
  for (const { document, sweep } of await sweepsBeside(context)) {
    const target = sweepTarget(sweep, project.project).entryPoint;
    if (target === undefined || !sharing.has(target.name)) continue;
    const named = sweep.parameters.filter((one) => one.name === name);
    places.push(...named.map(({ nameSpan }) => placeOf(document, nameSpan)));
  }
  return places;
}

export function placeOf(document: TextDocument, span: Span): Location {
  return { uri: document.uri, range: rangeOf(document, span) };
}

import { covers, innerSpan } from '../nodePath';
import type { ProjectDocument } from '../projectDocument';
import type { Span } from '../yaml/yamlTree';
import type { EntryPointModel, ParameterModel, ProjectModel } from './projectModel';

/** A parameter where it is declared, or where a command names it. */
export interface ParameterAt {
  readonly entryPoint: EntryPointModel;
  readonly name: string;
  /** Undefined where a command names what is not declared. */
  readonly parameter: ParameterModel | undefined;
  /** The name at that place, without quotes and braces. */
  readonly span: Span;
}

export function findParameterAt(
  { project }: ProjectDocument,
  offset: number,
): ParameterAt | undefined {
  for (const entryPoint of project.entryPoints) {
    const { parameters, command } = entryPoint;
    const declared = parameters.find(({ nameSpan }) => covers(nameSpan, offset));
    if (declared !== undefined) {
      const span = innerSpan(declared.entry.key);
      return { entryPoint, name: declared.name, parameter: declared, span };
    }
    const used = command?.placeholders.find(
      ({ span }) => span.start <= offset && offset < span.end,
    );
    if (used !== undefined) {
      const parameter = parameters.find(({ name }) => name === used.name);
      return { entryPoint, name: used.name, parameter, span: used.nameSpan };
    }
  }
  return undefined;
}

/** Where a parameter's name stands in its MLproject: its declaration first, then the commands. */
export function parameterSpans(
  project: ProjectModel,
  { entryPoint, name, parameter }: Omit<ParameterAt, 'span'>,
): Span[] {
  const sharing = parameter === undefined ? [entryPoint] : sharingEntryPoints(project, parameter);
  const uses = sharing.flatMap(({ command }) =>
    (command?.placeholders ?? []).filter((one) => one.name === name).map((one) => one.nameSpan),
  );
  const spans = parameter === undefined ? uses : [innerSpan(parameter.entry.key), ...uses];
  // A command may be shared by an alias, too.
  return [...new Map(spans.map((span) => [span.start, span])).values()];
}

/** The entry points that have a parameter; several where its declaration is shared by an alias or a merge. */
export function sharingEntryPoints(
  { entryPoints }: ProjectModel,
  { name, nameSpan }: ParameterModel,
): EntryPointModel[] {
  return entryPoints.filter(({ parameters }) =>
    parameters.some((one) => one.name === name && one.nameSpan.start === nameSpan.start),
  );
}

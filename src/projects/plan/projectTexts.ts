import * as l10n from '@vscode/l10n';

import type { FileKind } from '../../protocol/language';
import type { EntryPointModel } from '../../server/service/project/projectModel';
import type { ProjectProblem } from '../../server/service/projectChecks/projectProblem';
import { projectProblems } from '../../server/service/projectChecks/projectProblems';
import { parseProject } from '../../server/service/projectDocument';
import { pythonText } from '../../server/service/python/pythonText';
import type { ProjectText } from './projectText';

/** What a text is read with. */
export interface TextPlace {
  readonly uri: string;
  /** Of a path from the project's folder. */
  readonly kindOf: (path: string) => Promise<FileKind>;
  /** Sentences of the language server in the person's language. */
  readonly texts: Readonly<Record<string, string>> | undefined;
}

/** Reads an MLproject file as MLflow, and the language server, would. */
export async function readProjectText(text: string, place: TextPlace): Promise<ProjectText> {
  if (place.texts !== undefined) {
    l10n.config({ contents: { ...place.texts } });
  }
  const document = parseProject(text, place.uri);
  const { project, yaml } = document;
  const problems = await projectProblems(document, { files: place });
  const refused = problems.filter(
    // A default may give way to a value.
    ({ severity, code }) => severity === 'error' && !code.startsWith('default-'),
  );
  return {
    problem: yaml.problem?.words,
    entryPoints: project.entryPoints.map((entryPoint) => ({
      name: entryPoint.name,
      parameters: entryPoint.parameters.map(({ name, type, defaultValue }) => ({
        name,
        type: type ?? 'string',
        defaultText: defaultValue && (pythonText(defaultValue) ?? ''),
      })),
      problem: firstFor(entryPoint, project.entryPoints, refused)?.message.split('\n')[0],
    })),
  };
}

/** The first problem that is not another entry point's own. */
function firstFor(
  wanted: EntryPointModel,
  all: readonly EntryPointModel[],
  problems: readonly ProjectProblem[],
): ProjectProblem | undefined {
  const others = all.filter((one) => one !== wanted);
  return problems.find(
    ({ span }) =>
      !others.some(
        ({ entry }) => span.start >= entry.key.span.start && span.end <= entry.value.span.end,
      ),
  );
}

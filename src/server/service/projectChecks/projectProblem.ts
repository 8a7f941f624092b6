import type { Problem } from '../problem';
import type { Span } from '../yaml/yamlTree';
import { projectCodes, type ProjectCode } from './projectCodes';

/** Something wrong with an MLproject file. */
export interface ProjectProblem extends Problem<ProjectCode> {
  /** What can be done with files; after `fixes`. */
  readonly fileFixes?: readonly FileFix[];
}

export type FileFix =
  | {
      readonly kind: 'create';
      readonly title: string;
      readonly path: string;
      readonly text: string;
    }
  | { readonly kind: 'rename'; readonly title: string; readonly newName: string };

type Rest = Partial<Pick<ProjectProblem, 'fixes' | 'fileFixes' | 'severity'>>;

/** @param words MLflow's or Python's own, where there are some */
export function problemAt(
  code: ProjectCode,
  span: Span,
  sentence: string,
  words?: string,
  rest: Rest = {},
): ProjectProblem {
  const message = words === undefined ? sentence : `${sentence}\nMLflow: ${words}`;
  return { code, severity: projectCodes[code], span, message, ...rest };
}

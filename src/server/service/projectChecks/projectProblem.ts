import type { Problem } from '../problem';
import type { Span } from '../yaml/yamlTree';
import { projectCodes, type ProjectCode } from './projectCodes';

/** Something wrong with an MLproject file. */
export type ProjectProblem = Problem<ProjectCode>;

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

import { readSweep } from '../../server/service/sweep/readSweep';
import type { Sweep } from '../../server/service/sweep/sweepModel';
import { readYaml } from '../../server/service/yaml/readYaml';

export interface SweepText {
  /** Undefined where the text is no sweep at all. */
  readonly sweep: Sweep | undefined;
  /** What keeps it from being carried out, in words; the editor shows the same at their places. */
  readonly errors: readonly string[];
}

/** Reads a sweep file as the language server does. */
export function readSweepText(text: string): SweepText {
  const yaml = readYaml(text);
  const { sweep, problems } = readSweep(yaml);
  const errors = problems.filter(({ severity }) => severity === 'error').map((one) => one.message);
  return { sweep, errors: yaml.problem === undefined ? errors : [yaml.problem.words, ...errors] };
}

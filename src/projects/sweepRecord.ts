import path from 'node:path';
import type { EnvironmentManager, LaunchProgram, NamedText } from './launchContracts';
import { readChoice } from './plan/planChoice';
import type { PlanChoice, SweepMetric } from './sweepContracts';

/** What a sweep is: kept with its parent run, so that any machine can take it up. */
export interface SweepRecord {
  readonly version: 1;
  readonly name: string;
  readonly fileName: string;
  readonly method: string;
  readonly seed: number;
  /** Combinations that were planned; absent where nothing ends the sweep. */
  readonly count: number | undefined;
  readonly program: LaunchProgram;
  readonly fixedParameters: readonly NamedText[];
  readonly metric: SweepMetric | undefined;
  /** Name of a backend of `mlflow run`. */
  readonly backend: string | undefined;
  readonly parallelism: number;
  /** Absent where it was written before this was kept. */
  readonly environmentManager?: EnvironmentManager | undefined;
  readonly choice: PlanChoice;
}

/** Older servers cut tags at 5,000 characters. */
const longestTag = 4_900;

/** For the tag: without what makes it too long, which the artifact has. */
export function tagText(record: SweepRecord): string {
  const rest = { ...record, choice: undefined };
  const text = JSON.stringify(rest);
  if (text.length <= longestTag) return text;
  return JSON.stringify({ ...rest, fixedParameters: [] }).slice(0, longestTag);
}

/** The record in a text of {@link recordText}, which may have been written by anybody; undefined where it is none. */
export function readRecord(text: string): SweepRecord | undefined {
  const value = parsed(text) as Partial<Record<keyof SweepRecord, unknown>> | undefined;
  const choice = readChoice(value?.choice);
  const program = readProgram(value?.program);
  if (value?.version !== 1 || choice === undefined || program === undefined) return undefined;
  const { name, fileName, method, seed, count, metric, backend, parallelism, fixedParameters } =
    value;
  if (typeof fileName !== 'string' || !isFileName(fileName)) return undefined;
  if (typeof method !== 'string') return undefined;
  if (!isWhole(seed) || !isWhole(parallelism)) return undefined;
  return {
    version: 1,
    name: typeof name === 'string' ? name : fileName,
    ...{ fileName, method, seed, program, choice, parallelism },
    count: isWhole(count) ? count : undefined,
    fixedParameters: Array.isArray(fixedParameters) ? fixedParameters.filter(isNamedText) : [],
    metric: readMetric(metric),
    backend: typeof backend === 'string' ? backend : undefined,
    environmentManager: managers.find((one) => one === value.environmentManager),
  };
}

export function recordText(record: SweepRecord): string {
  return JSON.stringify(record, undefined, 2);
}

const managers = [
  'local',
  'virtualenv',
  'uv',
  'conda',
] as const satisfies readonly EnvironmentManager[];

/** Not a way into another folder. */
function isFileName(text: string): boolean {
  return text !== '' && !/[\\/]|^\.\.?$/.test(text);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a machine would take for an option of Python or MLflow, and so for code, is refused: it was never written by us. */
function readProgram(value: unknown): LaunchProgram | undefined {
  const { kind, uri, version, entryPoint, file, folder } = (value ?? {}) as Record<string, unknown>;
  if (kind === 'script' && typeof file === 'string' && typeof folder === 'string') {
    const plain = path.normalize(file);
    return isOption(plain) ? undefined : { kind, file: plain, folder };
  }
  if (kind !== 'project' || typeof uri !== 'string' || typeof entryPoint !== 'string') {
    return undefined;
  }
  const known = typeof version === 'string' ? version : undefined;
  if (isOption(entryPoint) || isOption(known ?? '')) return undefined;
  return { kind, uri, entryPoint, version: known };
}

function isOption(text: string): boolean {
  return text.startsWith('-');
}

function readMetric(value: unknown): SweepMetric | undefined {
  const { name, goal, target } = (value ?? {}) as Record<string, unknown>;
  if (typeof name !== 'string') return undefined;
  return {
    name,
    goal: goal === 'maximize' ? goal : 'minimize',
    target: typeof target === 'number' ? target : undefined,
  };
}

function isNamedText(value: unknown): value is NamedText {
  return (
    Array.isArray(value) && value.length === 2 && value.every((one) => typeof one === 'string')
  );
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

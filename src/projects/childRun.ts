import type { Param, Run, Tag } from '../mlflow/model';
import { MlflowError } from '../mlflow/errors';
import type { TrackingStore } from '../mlflow/trackingStore';
import type { Log } from '../base/log';
import type { NamedText } from './launchContracts';
import type { Combination } from './sweepContracts';
import { attemptTag, combinationTag } from './sweepTags';

/** MLflow takes no longer params. */
const longestParam = 6_000;
/** Characters of a value in the name of a run. */
const longestPart = 24;
const longestName = 120;

export interface NewChild {
  readonly parent: Run;
  readonly combination: Combination;
  readonly attempt: number;
  readonly fixedParameters: readonly NamedText[];
  /** The same for all children: source, user, project. */
  readonly tags: readonly Tag[];
}

/** Makes the run of an attempt, with the tags that MLflow leaves out for runs that are there already. */
export function makeChild(
  store: TrackingStore,
  { parent, combination, attempt, tags }: NewChild,
  signal: AbortSignal,
): Promise<Run> {
  const made = {
    name: childName(combination),
    startTime: Date.now(),
    tags: [
      ...tags,
      { key: 'mlflow.parentRunId', value: parent.id },
      { key: combinationTag, value: String(combination.number) },
      { key: attemptTag, value: String(attempt) },
    ],
  };
  return store.createRun(parent.experimentId, made, signal);
}

/** Logs what the process is given, which MLflow leaves out, too. */
export async function logParameters(
  store: TrackingStore,
  runId: string,
  parameters: readonly NamedText[],
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  try {
    await store.logParams(runId, paramsOf(parameters), signal);
  } catch (error) {
    // A name that MLflow takes for no param is still one for the script.
    if (!(error instanceof MlflowError) || error.kind !== 'rejected') throw error;
    log.warn(`params of ${runId}: ${error.message}`);
  }
}

/** What the process is given: fixed parameters unless the combination has the same name. */
export function parametersOf({
  combination,
  fixedParameters,
}: Pick<NewChild, 'combination' | 'fixedParameters'>): NamedText[] {
  return [...new Map([...fixedParameters, ...combination.values])];
}

function paramsOf(parameters: readonly NamedText[]): Param[] {
  return parameters.map(([key, value]) => ({ key, value: value.slice(0, longestParam) }));
}

/** E.g. `alpha=0.1, l1_ratio=0.5`, so that runs can be told apart in any list. */
function childName({ number, values }: Combination): string {
  const parts = values.map(([name, text]) => {
    const short = text.length > longestPart ? `${text.slice(0, longestPart)}…` : text;
    return `${name}=${short.replace(/\s+/g, ' ')}`;
  });
  const name = parts.join(', ');
  if (name === '') return `combination ${number}`;
  return name.length > longestName ? `${name.slice(0, longestName)}…` : name;
}

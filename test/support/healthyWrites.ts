import { type Change, type HealthyChanges, Refusal } from './healthyChanges';
import type { KeyValue } from '../../src/mlflow/model';
import type { WireParameters } from './healthyMlflow';

/** What the writes have to know of the data. */
export interface Known {
  /** Ids of all experiments, deleted ones, too. */
  readonly experimentIds: readonly string[];
  experimentName(id: string): string;
  hasRun(id: string): boolean;
  /** As it is now, in MLflow's wire shape. */
  runOf(id: string): object;
}

type Write = (
  text: (name: string) => string,
  changes: HealthyChanges,
  known: Known,
  parameters: WireParameters,
) => object;

const missing = (): Refusal => new Refusal(404, 'RESOURCE_DOES_NOT_EXIST', 'No such thing');

const writes: Readonly<Record<string, Write>> = {
  'experiments/create': (text, changes, known) => {
    refuseTaken(text('name'), changes, known);
    changes.created.push(text('name'));
    return { experiment_id: String(known.experimentIds.length + 1) };
  },
  'experiments/update': (text, changes, known) => {
    const change = experimentOf(text, changes, known);
    refuseTaken(text('new_name'), changes, known);
    change.name = text('new_name');
    return {};
  },
  'experiments/delete': (text, changes, known) => {
    const change = experimentOf(text, changes, known);
    if (change.deleted) {
      throw missing();
    }
    change.deleted = true;
    return {};
  },
  'experiments/restore': (text, changes, known) => {
    experimentOf(text, changes, known).deleted = false;
    return {};
  },
  'experiments/set-experiment-tag': (text, changes, known) => {
    experimentOf(text, changes, known).tags.set(text('key'), text('value'));
    return {};
  },
  'runs/create': (text, changes, known, parameters) => {
    experimentOf(text, changes, known);
    const made = { id: `made${changes.made.length}`, experimentId: text('experiment_id') };
    changes.made.push(made);
    const change = changes.toRun(made.id);
    change.name = text('run_name');
    change.status = 'RUNNING';
    for (const { key, value } of parameters['tags'] as KeyValue[]) change.tags.set(key, value);
    return { run: known.runOf(made.id) };
  },
  'runs/log-parameter': (text, changes, known) => {
    const added = [{ key: text('key'), value: text('value') }];
    addParams(activeRunOf(text, changes, known), added);
    return {};
  },
  'runs/log-batch': (text, changes, known, parameters) => {
    addParams(activeRunOf(text, changes, known), parameters['params'] as KeyValue[]);
    return {};
  },
  'runs/update': (text, changes, known) => {
    const change = activeRunOf(text, changes, known);
    if (text('run_name') !== '') change.name = text('run_name');
    if (text('status') !== '') change.status = text('status');
    return {};
  },
  'runs/delete': (text, changes, known) => {
    runOf(text, changes, known).deleted = true;
    return {};
  },
  'runs/restore': (text, changes, known) => {
    runOf(text, changes, known).deleted = false;
    return {};
  },
  'runs/set-tag': (text, changes, known) => {
    activeRunOf(text, changes, known).tags.set(text('key'), text('value'));
    return {};
  },
  'runs/delete-tag': (text, changes, known) => {
    if (!activeRunOf(text, changes, known).tags.delete(text('key'))) {
      throw missing();
    }
    return {};
  },
};

/** Carries out a call that changes something, as MLflow does; `undefined` when it is not such a call. */
export function writeHealthily(
  call: string,
  parameters: WireParameters,
  changes: HealthyChanges,
  known: Known,
): object | undefined {
  try {
    const text = (name: string): string => {
      const value = parameters[name];
      return typeof value === 'string' ? value : '';
    };
    return writes[call]?.(text, changes, known, parameters);
  } catch (error) {
    if (error instanceof Refusal) {
      return error;
    }
    throw error;
  }
}

function experimentOf(
  text: (name: string) => string,
  changes: HealthyChanges,
  known: Known,
): Change {
  const id = text('experiment_id');
  if (!known.experimentIds.includes(id)) {
    throw missing();
  }
  return changes.toExperiment(id);
}

function runOf(text: (name: string) => string, changes: HealthyChanges, known: Known): Change {
  const id = text('run_id');
  if (!known.hasRun(id)) {
    throw missing();
  }
  return changes.toRun(id);
}

function activeRunOf(
  text: (name: string) => string,
  changes: HealthyChanges,
  known: Known,
): Change {
  const change = runOf(text, changes, known);
  if (change.deleted) {
    const words = `The run ${text('run_id')} must be in the 'active' state. Current state is deleted.`;
    throw new Refusal(400, 'INVALID_PARAMETER_VALUE', words);
  }
  return change;
}

function addParams({ params }: Change, added: readonly KeyValue[]): void {
  for (const { key, value } of added) {
    const there = params.get(key);
    if (there !== undefined && there !== value) {
      const words = `Changing param values is not allowed. Param with key='${key}' was already logged with value='${there}'`;
      throw new Refusal(400, 'INVALID_PARAMETER_VALUE', words);
    }
    params.set(key, value);
  }
}

function refuseTaken(name: string, changes: HealthyChanges, known: Known): void {
  const holder = known.experimentIds.find((id) => known.experimentName(id) === name);
  if (holder !== undefined) {
    const state = changes.ofExperiment(holder)?.deleted === true ? ' in deleted state' : '';
    const words = `Experiment '${name}' already exists${state}.`;
    throw new Refusal(400, 'RESOURCE_ALREADY_EXISTS', words);
  }
}

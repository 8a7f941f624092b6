import { spawn } from 'node:child_process';
import { guidedSpace, guidedValues } from './plan/guidedSpace';
import type { SweepPlan } from './plan/sweepPlan';
import type { NamedText } from './launchContracts';
import { hasEnded, type SeenChild } from './schedule/seenSweep';
import type { SweepMetric } from './sweepContracts';

/**
 * Reads one request, replays its trials and says what Optuna would try next. It keeps nothing: what is known of a sweep is in
 * MLflow alone.
 */
const helper = `
import json, sys
try:
    import optuna
except ImportError:
    print(json.dumps({"missing": sys.executable}))
    sys.exit(0)
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.trial import TrialState, create_trial
optuna.logging.set_verbosity(optuna.logging.ERROR)
asked = json.load(sys.stdin.buffer)
def distribution(axis):
    if "choices" in axis:
        return CategoricalDistribution(axis["choices"])
    if axis["whole"]:
        return IntDistribution(int(axis["low"]), int(axis["high"]))
    return FloatDistribution(float(axis["low"]), float(axis["high"]), log=axis["log"])
space = {axis["name"]: distribution(axis) for axis in asked["space"]}
def given(name, text):
    kind = space[name]
    if isinstance(kind, CategoricalDistribution):
        if text not in kind.choices:
            raise ValueError(text)
        return text
    number = min(max(float(text), kind.low), kind.high)
    return round(number) if isinstance(kind, IntDistribution) else number
sampler = optuna.samplers.TPESampler(seed=asked["seed"], n_startup_trials=asked["blind"], constant_liar=True)
study = optuna.create_study(direction=asked["goal"], sampler=sampler)
for trial in asked["trials"]:
    try:
        params = {name: given(name, trial["values"][name]) for name in space}
    except (KeyError, ValueError):
        continue
    done = trial["value"] is not None
    state = TrialState.COMPLETE if done else TrialState.RUNNING
    study.add_trial(create_trial(state=state, params=params, distributions=space, value=trial["value"]))
print(json.dumps({"params": study.ask(space).params}))
`;

/** Runs that are tried by chance before a model is made of them; Optuna's own ten are most of what many sweeps have. */
const blindTrials = 5;

/** Milliseconds: Optuna takes seconds to be imported, and longer with very many trials. */
const timeLimit = 120_000;

/** The Python that was asked has no Optuna. */
export class OptunaMissing extends Error {
  constructor(readonly python: string) {
    super(
      `\`method: bayes\` needs Optuna, which ${python} does not have. Install it: ${python} -m pip install optuna`,
    );
  }
}

/** What a guided search knows. */
export interface TriedSoFar {
  readonly children: Iterable<SeenChild>;
  /** Values of runs that go on and are not among the children yet. */
  readonly goingOn: readonly (readonly NamedText[])[];
}

/** The values that a model of the earlier runs (`method: bayes`) would try for a combination. */
export async function guidedCombination(
  python: string,
  plan: SweepPlan,
  number: number,
  metric: SweepMetric,
  { children, goingOn }: TriedSoFar,
  signal: AbortSignal,
): Promise<NamedText[]> {
  const { parameters } = plan.sweep;
  const names = new Set(parameters.map(({ name }) => name));
  const seen = [...children]
    .toSorted((a, b) => a.number - b.number || a.attempt - b.attempt)
    .filter((child) => !hasEnded(child) || (counts(child) && child.value !== undefined))
    .map((child) => ({
      values: Object.fromEntries(
        child.params.filter(({ key }) => names.has(key)).map(({ key, value }) => [key, value]),
      ),
      value: hasEnded(child) ? child.value : null,
    }));
  const unseen = goingOn.map((values) => ({ values: Object.fromEntries(values), value: null }));
  const trials = [...seen, ...unseen];
  const seed = (plan.seed + number) % 2 ** 32;
  const space = guidedSpace(parameters);
  const request = { space, goal: metric.goal, seed, trials, blind: blindTrials };
  const answer = await askPython(python, JSON.stringify(request), signal);
  if (answer['missing'] !== undefined) throw new OptunaMissing(python);
  return guidedValues(parameters, (answer['params'] ?? {}) as Record<string, unknown>);
}

/** Whether its value says something of its params; one that broke off may have been on its way. */
function counts({ status, ended }: SeenChild): boolean {
  return status === 'FINISHED' || ended === 'early';
}

/** The values that an earlier attempt at the same combination had, if all of them are known. */
export function earlierValues(
  plan: SweepPlan,
  number: number,
  children: Iterable<SeenChild>,
): NamedText[] | undefined {
  for (const child of children) {
    if (child.number !== number) continue;
    const values = new Map(child.params.map(({ key, value }) => [key, value]));
    if (!plan.sweep.parameters.every(({ name }) => values.has(name))) continue;
    return plan.sweep.parameters.map(({ name }) => [name, values.get(name) ?? '']);
  }
  return undefined;
}

function askPython(
  python: string,
  request: string,
  signal: AbortSignal,
): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    // A file of the project named like a module of Python's must not take its place.
    const env = { ...process.env, PYTHONSAFEPATH: '1' };
    const child = spawn(python, ['-c', helper], {
      signal,
      timeout: timeLimit,
      env,
      windowsHide: true,
    });
    let [said, complaints] = ['', ''];
    child.stdout.on('data', (data: Buffer) => (said += data.toString()));
    child.stderr.on(
      'data',
      (data: Buffer) => (complaints = (complaints + data.toString()).slice(-4000)),
    );
    child.stdin.on('error', () => undefined);
    child.once('error', reject);
    child.once('close', () => {
      try {
        resolve(JSON.parse(said) as Record<string, unknown>);
      } catch {
        const words = complaints.trim().split('\n').at(-1) ?? '';
        reject(new Error(`Optuna could not choose values: ${words}`));
      }
    });
    child.stdin.end(request);
  });
}

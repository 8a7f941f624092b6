import * as l10n from '@vscode/l10n';
import type { Keys, ValueSchema } from './keySchema';

/** How many runs a sweep makes, and with which values. */
export const sweepMethods: readonly ValueSchema[] = [
  {
    value: 'grid',
    describe: () => l10n.t('One run for every combination of the values.'),
  },
  {
    value: 'random',
    describe: () => l10n.t('Values drawn at random, as many runs as `run_cap` says.'),
  },
  {
    value: 'bayes',
    describe: () =>
      l10n.t('Values chosen after what earlier runs brought, as many runs as `run_cap` says.'),
  },
];

export const metricGoals: readonly ValueSchema[] = [
  { value: 'minimize', describe: () => l10n.t('The smallest value is the best one.') },
  { value: 'maximize', describe: () => l10n.t('The largest value is the best one.') },
];

export const distributions: readonly ValueSchema[] = [
  {
    value: 'uniform',
    describe: () => l10n.t('Any number from `min` to `max`, each as likely.'),
  },
  {
    value: 'int_uniform',
    describe: () => l10n.t('Any whole number from `min` to `max`, each as likely.'),
  },
  {
    value: 'log_uniform_values',
    describe: () =>
      l10n.t('A number from `min` to `max` whose logarithm is evenly spread; both are above 0.'),
  },
  { value: 'categorical', describe: () => l10n.t('One of `values`, each as likely.') },
  { value: 'constant', describe: () => l10n.t('Always `value`.') },
  {
    value: 'q_uniform',
    describe: () => l10n.t('A number from `min` to `max`, rounded to a multiple of `q`.'),
  },
  {
    value: 'q_log_uniform_values',
    describe: () => l10n.t('As `log_uniform_values`, rounded to a multiple of `q`.'),
  },
  {
    value: 'log_uniform',
    describe: () =>
      l10n.t('e to the power of a number from `min` to `max`: here these two are exponents.'),
  },
  {
    value: 'normal',
    describe: () => l10n.t('A number around `mu` that strays by `sigma`.'),
  },
  {
    value: 'q_normal',
    describe: () => l10n.t('As `normal`, rounded to a multiple of `q`.'),
  },
  {
    value: 'log_normal',
    describe: () => l10n.t('e to the power of a number around `mu` that strays by `sigma`.'),
  },
];

export const earlyTerminateTypes: readonly ValueSchema[] = [
  {
    value: 'hyperband',
    describe: () => l10n.t('Ends runs that are behind the others at the same step.'),
  },
];

/** Keys that Weights & Biases knows, and that mean nothing here. */
export const foreignSweepKeys: readonly string[] = [
  'entity',
  'project',
  'command',
  'controller',
  'resume',
];

/** The keys of the sweep form that people know from Weights & Biases, as far as MLflow projects have a use for them. */
export const sweepKeys: Keys = [
  {
    key: 'name',
    snippet: ' $0',
    describe: () => l10n.t('What the sweep is called in lists.'),
  },
  {
    key: 'description',
    snippet: ' $0',
    describe: () => l10n.t('What the sweep is for.'),
  },
  {
    key: 'method',
    snippet: ' ${1|grid,random,bayes|}',
    values: sweepMethods,
    describe: () => l10n.t('How values are chosen: `grid`, `random` or `bayes`.'),
  },
  {
    key: 'metric',
    snippet: '\n  name: $1\n  goal: ${2|minimize,maximize|}',
    describe: () => l10n.t('The metric that says which run is the best one. `bayes` needs it.'),
  },
  {
    key: 'parameters',
    snippet: '\n  $0',
    describe: () =>
      l10n.t('The parameters to vary, each with `value`, with `values`, or with `min` and `max`.'),
  },
  {
    key: 'run_cap',
    snippet: ' ${1:20}',
    describe: () => l10n.t('The most runs that the sweep may make.'),
  },
  {
    key: 'early_terminate',
    snippet: '\n  type: hyperband\n  min_iter: ${1:3}',
    describe: () => l10n.t('Ends runs early that do not look good.'),
  },
  {
    key: 'entry_point',
    snippet: ' ${1:main}',
    describe: () => l10n.t('The entry point of the MLproject to run; `main` where it is left out.'),
  },
  {
    key: 'program',
    snippet: ' ${1:train.py}',
    describe: () =>
      l10n.t('The script to run where there is no MLproject; values are given as `--name value`.'),
  },
  {
    key: 'seed',
    snippet: ' ${1:1}',
    describe: () => l10n.t('A whole number with which `random` draws the same values again.'),
  },
  {
    key: 'parallelism',
    snippet: ' ${1:1}',
    describe: () =>
      l10n.t(
        'How many runs go on at once; the setting `mlflow.sweep.parallelism` where it is left out.',
      ),
  },
  {
    key: 'backend',
    snippet: ' ${1:local}',
    describe: () => l10n.t('The backend for `mlflow run`; `local` where it is left out.'),
  },
];

export const metricKeys: Keys = [
  {
    key: 'name',
    snippet: ' $0',
    describe: () => l10n.t('The key under which the runs log the metric.'),
  },
  {
    key: 'goal',
    snippet: ' ${1|minimize,maximize|}',
    values: metricGoals,
    describe: () =>
      l10n.t('Whether small or large values are good; `minimize` where it is left out.'),
  },
  {
    key: 'target',
    snippet: ' $0',
    describe: () => l10n.t('The sweep ends once a run has reached this value.'),
  },
];

export const sweepParameterKeys: Keys = [
  {
    key: 'values',
    snippet: ' [$0]',
    describe: () => l10n.t('The values to try, as a list.'),
  },
  {
    key: 'value',
    snippet: ' $0',
    describe: () => l10n.t('One value for all runs.'),
  },
  {
    key: 'probabilities',
    snippet: ' [$0]',
    describe: () => l10n.t('How likely `random` draws each of `values`; together 1.'),
  },
  {
    key: 'min',
    snippet: ' $0',
    describe: () => l10n.t('The smallest value to draw.'),
  },
  {
    key: 'max',
    snippet: ' $0',
    describe: () => l10n.t('The largest value to draw.'),
  },
  {
    key: 'distribution',
    snippet: ' $0',
    values: distributions,
    describe: () =>
      l10n.t(
        'How values are spread. Where it is left out: `int_uniform` if `min` and `max` are whole numbers, else `uniform`.',
      ),
  },
  { key: 'q', snippet: ' $0', describe: () => l10n.t('The step that values are rounded to.') },
  { key: 'mu', snippet: ' $0', describe: () => l10n.t('The middle of the normal distribution.') },
  {
    key: 'sigma',
    snippet: ' $0',
    describe: () => l10n.t('How far values stray from the middle; above 0.'),
  },
];

export const earlyTerminateKeys: Keys = [
  {
    key: 'type',
    snippet: ' hyperband',
    values: earlyTerminateTypes,
    describe: () => l10n.t('The rule that ends runs: `hyperband`.'),
  },
  {
    key: 'min_iter',
    snippet: ' ${1:3}',
    describe: () => l10n.t('The step of the first look at a run.'),
  },
  {
    key: 'max_iter',
    snippet: ' $0',
    describe: () => l10n.t('The step at which runs end by themselves.'),
  },
  {
    key: 's',
    snippet: ' $0',
    describe: () => l10n.t('How many looks there are before `max_iter`.'),
  },
  {
    key: 'eta',
    snippet: ' ${1:3}',
    describe: () => l10n.t('Of so many runs, one goes on after each look.'),
  },
  {
    key: 'strict',
    snippet: ' $0',
    describe: () => l10n.t('Ends more runs, closer to the rule as it was published.'),
  },
];

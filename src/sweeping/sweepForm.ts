import * as vscode from 'vscode';

import { mostAtOnce } from '../host/launchSettings';
import { missingWords } from '../launching/checkValue';
import {
  change,
  fillIn,
  missing,
  parameterRows,
  placeRows,
  type FormAction,
  type FormQuestions,
  type LaunchForm,
} from '../launching/launchForm';
import { toOneLine } from '../mlflow/format';
import { SweepPlan } from '../projects/plan/sweepPlan';
import { wholePlan, type PlanChoice, type SweepMetric } from '../projects/sweepContracts';
import { askCombinations, changesText } from './combinations';
import { canChoose, chooseRunnable, type Runnable } from './runnable';
import type { SweepFile } from './sweepFile';
import { countText } from './texts';

/** What a person may change before a sweep begins. */
export interface SweepForm extends LaunchForm {
  readonly file: SweepFile;
  readonly runnable: Runnable;
  readonly seed: number;
  readonly choice: PlanChoice;
  readonly metric: SweepMetric | undefined;
  readonly parallelism: number;
}

type SweepAction =
  | FormAction
  | {
      readonly kind:
        'combinations' | 'sample' | 'seed' | 'metric' | 'parallelism' | 'runnable' | 'problems';
    };

type Item = vscode.QuickPickItem & { readonly action?: SweepAction };

const largestSeed = 2 ** 32 - 1;

/** Shows the plan until it is launched or left; resolves to it as it was when it was launched. */
export async function askSweep(
  form: SweepForm,
  questions: FormQuestions,
): Promise<SweepForm | undefined> {
  for (let now = form; ;) {
    const picked = await vscode.window.showQuickPick(itemsOf(now), {
      title: now.title,
      placeHolder: vscode.l10n.t('Enter launches the sweep; choose a row to change it'),
      matchOnDescription: true,
      ignoreFocusOut: true,
    });
    if (picked?.action === undefined) {
      return undefined;
    }
    if (picked.action.kind === 'problems') {
      await showProblem(now.file);
      return undefined;
    }
    if (picked.action.kind !== 'run') {
      now = await changed(now, picked.action, questions);
    } else {
      const sized = Number.isFinite(planOf(now).count) ? now : await changeSample(now);
      const whole = await fillIn(sized);
      if (whole.isComplete && isWhole(whole.form)) {
        return whole.form;
      }
      now = whole.form;
    }
  }
}

export function planOf({ file, seed, choice }: SweepForm): SweepPlan {
  return new SweepPlan(file.sweep, seed, choice);
}

function isWhole(form: SweepForm): boolean {
  const { count } = planOf(form);
  return Number.isFinite(count) && count > 0;
}

function itemsOf(form: SweepForm): readonly Item[] {
  const { runnable } = form;
  const isScript = runnable.program.kind === 'script';
  return [
    ...launchRows(form),
    separator(vscode.l10n.t('Plan')),
    ...planRows(form),
    ...parameterRows(form, vscode.l10n.t('Parameters of All Runs')),
    ...placeRows(form).filter(({ action }) => !(isScript && action?.kind === 'environment')),
    ...(canChoose(form.file)
      ? [
          {
            label: isScript ? vscode.l10n.t('Script') : vscode.l10n.t('Entry point'),
            iconPath: new vscode.ThemeIcon(isScript ? 'file-code' : 'symbol-method'),
            description: toOneLine(runnable.label, 80),
            action: { kind: 'runnable' } as const,
          },
        ]
      : []),
  ];
}

function launchRows(form: SweepForm): readonly Item[] {
  const plan = planOf(form);
  const lacking = missing(form).map(({ name }) => name);
  const { warnings, sweep } = form.file;
  const names = sweep.parameters.map(({ name }) => name).join(', ');
  return [
    {
      label: launchText(plan.count),
      iconPath: new vscode.ThemeIcon('play'),
      description:
        lacking.length > 0
          ? missingWords(lacking)
          : plan.count === 0
            ? vscode.l10n.t('all combinations are left out')
            : toOneLine(names, 80),
      action: { kind: 'run' },
    },
    ...warnings.slice(0, 1).map(({ message, range }): Item => {
      const line = range.start.line + 1;
      return {
        label: vscode.l10n.t('Some runs will fail'),
        iconPath: new vscode.ThemeIcon('warning'),
        description: toOneLine(vscode.l10n.t('line {0}: {1}', line, message), 120),
        action: { kind: 'problems' },
      };
    }),
  ];
}

function launchText(count: number): string {
  if (!Number.isFinite(count)) {
    return vscode.l10n.t('Launch Sweep…');
  }
  return count === 1
    ? vscode.l10n.t('Launch 1 Run')
    : vscode.l10n.t('Launch {0} Runs', countText(count));
}

function planRows(form: SweepForm): readonly Item[] {
  const plan = planOf(form);
  const { seed, metric, parallelism } = form;
  const isDrawn = plan.sweep.method !== 'grid' || form.choice.sample !== undefined;
  const row = (
    icon: string,
    label: string,
    description: string,
    kind: SweepAction['kind'],
  ): Item => ({
    ...{ label, description, iconPath: new vscode.ThemeIcon(icon) },
    action: { kind } as SweepAction,
  });
  return [
    ...(plan.isGuided || !Number.isFinite(plan.size)
      ? []
      : [row('list-flat', vscode.l10n.t('Combinations'), changesText(plan), 'combinations')]),
    sampleRow(form, plan),
    ...(isDrawn ? [row('symbol-numeric', vscode.l10n.t('Seed'), String(seed), 'seed')] : []),
    row('graph-line', vscode.l10n.t('Metric'), metricText(metric), 'metric'),
    row('layers', vscode.l10n.t('Runs at once'), String(parallelism), 'parallelism'),
  ];
}

function sampleRow({ choice }: SweepForm, plan: SweepPlan): Item {
  const isGrid = plan.sweep.method === 'grid';
  const { sample } = choice;
  const all = countText(wholeSize(plan));
  const description = !Number.isFinite(plan.size)
    ? vscode.l10n.t('nothing ends this sweep: say how many')
    : !isGrid
      ? countText(plan.size)
      : sample === undefined
        ? vscode.l10n.t('all {0}', all)
        : vscode.l10n.t('{0} of {1}, drawn at random', countText(plan.size), all);
  return {
    label: isGrid ? vscode.l10n.t('Sample') : vscode.l10n.t('Number of runs'),
    iconPath: new vscode.ThemeIcon('filter'),
    description,
    action: { kind: 'sample' },
  };
}

function metricText(metric: SweepMetric | undefined): string {
  if (metric === undefined) {
    return vscode.l10n.t('none: no run is called the best');
  }
  const name = toOneLine(metric.name, 40);
  return metric.goal === 'minimize'
    ? vscode.l10n.t('{0}, lower is better', name)
    : vscode.l10n.t('{0}, higher is better', name);
}

function separator(label: string): Item {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

async function changed(
  form: SweepForm,
  action: SweepAction,
  questions: FormQuestions,
): Promise<SweepForm> {
  switch (action.kind) {
    case 'combinations':
      return { ...form, choice: await askCombinations(planOf(form)) };
    case 'sample':
      return changeSample(form);
    case 'seed':
      return changeSeed(form);
    case 'metric':
      return { ...form, metric: await askMetric(form.metric) };
    case 'parallelism':
      return changeParallelism(form);
    case 'runnable':
      return changeRunnable(form);
    case 'problems':
      return form;
    default:
      return change(form, action, questions);
  }
}

/** Without what a person chose of the plan so far: another sample has other combinations. */
async function changeSample(form: SweepForm): Promise<SweepForm> {
  const plan = planOf(form);
  const most = wholeSize(plan);
  const isGrid = plan.sweep.method === 'grid';
  const size = await askNumber({
    title: isGrid ? vscode.l10n.t('Sample of the Combinations') : vscode.l10n.t('Number of Runs'),
    prompt: isGrid
      ? vscode.l10n.t('So many of {0}, drawn at random by the seed; empty for all', countText(most))
      : vscode.l10n.t('So many are drawn by the seed.'),
    value: form.choice.sample ?? (isGrid || !Number.isFinite(most) ? undefined : most),
    least: 1,
    most,
    mayBeEmpty: isGrid || Number.isFinite(most),
  });
  if (size === undefined) {
    return form;
  }
  const sample = size === 'empty' || size === most ? undefined : size;
  return sample === form.choice.sample ? form : { ...form, choice: { ...wholePlan, sample } };
}

/** What there is without a sample. */
function wholeSize({ sweep, seed }: SweepPlan): number {
  return new SweepPlan(sweep, seed, wholePlan).size;
}

async function changeSeed(form: SweepForm): Promise<SweepForm> {
  const seed = await askNumber({
    title: vscode.l10n.t('Seed'),
    prompt: vscode.l10n.t('The same seed draws the same combinations, on every machine.'),
    ...{ value: form.seed, least: 0, most: largestSeed, mayBeEmpty: false },
  });
  if (typeof seed !== 'number' || seed === form.seed) {
    return form;
  }
  return { ...form, seed, choice: { ...wholePlan, sample: form.choice.sample } };
}

async function changeParallelism(form: SweepForm): Promise<SweepForm> {
  const parallelism = await askNumber({
    title: vscode.l10n.t('Runs at Once'),
    prompt: vscode.l10n.t('Each has a terminal of its own.'),
    ...{ value: form.parallelism, least: 1, most: mostAtOnce, mayBeEmpty: false },
  });
  return typeof parallelism === 'number' ? { ...form, parallelism } : form;
}

async function changeRunnable(form: SweepForm): Promise<SweepForm> {
  const { file } = form;
  const runnable = await chooseRunnable(file, undefined, true);
  if (runnable === undefined) {
    return form;
  }
  const { declared, ...rest } = declaredBy(runnable, file);
  const values = [...form.values].filter(([name]) => declared.some((each) => each.name === name));
  return { ...form, ...rest, declared, values: new Map(values) };
}

/** What a sweep leaves to be given to all runs alike. */
export function declaredBy(
  runnable: Runnable,
  { sweep }: SweepFile,
): Pick<SweepForm, 'runnable' | 'declared' | 'folder'> {
  const swept = new Set(sweep.parameters.map(({ name }) => name));
  const declared = runnable.declared.filter(({ name }) => !swept.has(name));
  return { runnable, declared, folder: runnable.folder };
}

async function askMetric(before: SweepMetric | undefined): Promise<SweepMetric | undefined> {
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Metric'),
    prompt: vscode.l10n.t('It says which run is the best; empty for none'),
    value: before?.name ?? '',
    ignoreFocusOut: true,
  });
  if (name === undefined || name.trim() === '') {
    return name === undefined ? before : undefined;
  }
  const items = [
    { label: vscode.l10n.t('Lower Is Better'), goal: 'minimize' as const },
    { label: vscode.l10n.t('Higher Is Better'), goal: 'maximize' as const },
  ];
  const title = toOneLine(name, 60);
  const picked = await vscode.window.showQuickPick(items, { title, ignoreFocusOut: true });
  const target = name.trim() === before?.name ? before.target : undefined;
  return picked === undefined ? before : { name: name.trim(), goal: picked.goal, target };
}

async function showProblem({ uri, warnings: [first] }: SweepFile): Promise<void> {
  await vscode.window.showTextDocument(uri, { ...(first && { selection: first.range }) });
}

interface NumberQuestion {
  readonly title: string;
  readonly prompt: string;
  readonly value: number | undefined;
  readonly least: number;
  readonly most: number;
  readonly mayBeEmpty: boolean;
}

async function askNumber(question: NumberQuestion): Promise<number | 'empty' | undefined> {
  const { title, prompt, value, least, most, mayBeEmpty } = question;
  const read = (text: string): number | 'empty' | undefined => {
    if (text.trim() === '') {
      return mayBeEmpty ? 'empty' : undefined;
    }
    const number = /^\d{1,16}$/.test(text.trim()) ? Number(text) : NaN;
    return number >= least && number <= most ? number : undefined;
  };
  const wrong = Number.isFinite(most)
    ? vscode.l10n.t('A whole number from {0} to {1}', least, countText(most))
    : vscode.l10n.t('A whole number above 0');
  const text = await vscode.window.showInputBox({
    ...{ title, prompt, value: value === undefined ? '' : String(value), ignoreFocusOut: true },
    validateInput: (typed) => (read(typed) === undefined ? wrong : undefined),
  });
  return text === undefined ? undefined : read(text);
}

import { access } from 'node:fs/promises';
import { resolve } from 'node:path';

import * as vscode from 'vscode';

import { backendLabel, pickBackend } from '../backends/pickBackend';
import { toOneLine } from '../mlflow/format';
import { plainLabel } from '../mlflow/plainLabel';
import type { EnvironmentManager, LaunchBackend, NamedText } from '../projects/launchContracts';
import { checkValue, missingWords } from './checkValue';
import { isPlainName } from './plainName';
import type { ProjectParameter } from '../projects/plan/projectText';

/** What a person may change before something is run. */
export interface LaunchForm {
  readonly title: string;
  /** From where relative paths count; undefined for a Git URI. */
  readonly folder: string | undefined;
  readonly declared: readonly ProjectParameter[];
  /** Values that were given, by name; the others are left to their defaults. */
  readonly values: ReadonlyMap<string, string>;
  /** Undefined where no server is connected: MLflow then chooses by itself. */
  readonly experiment: FormExperiment | undefined;
  readonly environmentManager: EnvironmentManager;
  /** Undefined for this machine. */
  readonly backend?: LaunchBackend | undefined;
}

export interface FormExperiment {
  readonly id: string;
  readonly name: string;
}

export interface FormQuestions {
  /** Resolves to another experiment, or to nothing when that was left. */
  pickExperiment(): Promise<FormExperiment | undefined>;
}

export type FormAction =
  | { readonly kind: 'run' | 'add' | 'experiment' | 'environment' | 'backend' }
  | { readonly kind: 'parameter'; readonly name: string };

type Item = vscode.QuickPickItem & { readonly action?: FormAction };

/** Shows the form until it is run or left; resolves to it as it was when it was run. */
export async function askLaunch(
  form: LaunchForm,
  questions: FormQuestions,
): Promise<LaunchForm | undefined> {
  for (let now = form; ;) {
    const picked = await vscode.window.showQuickPick(itemsOf(now), {
      title: now.title,
      placeHolder: vscode.l10n.t('Enter runs it; choose a row to change it'),
      matchOnDescription: true,
      ignoreFocusOut: true,
    });
    if (picked?.action === undefined) {
      return undefined;
    }
    if (picked.action.kind === 'run') {
      const whole = await fillIn(now);
      if (whole.isComplete) {
        return whole.form;
      }
      now = whole.form;
    } else {
      now = await change(now, picked.action, questions);
    }
  }
}

/** What is handed to MLflow: only what was given, since MLflow knows its own defaults best. */
export function valuesOf({ values }: LaunchForm): readonly NamedText[] {
  return [...values];
}

/** Parameters that need a value and have none. */
export function missing({ declared, values }: LaunchForm): readonly ProjectParameter[] {
  return declared.filter(({ name, defaultText }) => defaultText === undefined && !values.has(name));
}

function itemsOf(form: LaunchForm): readonly Item[] {
  const lacking = missing(form).map(({ name }) => name);
  return [
    {
      label: vscode.l10n.t('Run'),
      iconPath: new vscode.ThemeIcon('play'),
      description: lacking.length > 0 ? missingWords(lacking) : given(form.values),
      action: { kind: 'run' },
    },
    ...parameterRows(form, vscode.l10n.t('Parameters')),
    ...placeRows(form),
  ];
}

function separator(label: string): Item {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

/** A row for each parameter, below a title. */
export function parameterRows({ declared, values }: LaunchForm, title: string): readonly Item[] {
  const declaredNames = new Set(declared.map(({ name }) => name));
  const added = [...values.keys()].filter((name) => !declaredNames.has(name));
  return [
    separator(title),
    ...declared.map((parameter) => declaredItem(parameter, values.get(parameter.name))),
    ...added.map((name) => addedItem(name, values.get(name) ?? '')),
    {
      label: vscode.l10n.t('Add Parameter…'),
      iconPath: new vscode.ThemeIcon('add'),
      action: { kind: 'add' },
    },
  ];
}

/** Rows for where it runs, and where it is logged. */
export function placeRows({
  experiment,
  environmentManager,
  backend,
}: LaunchForm): readonly Item[] {
  return [
    separator(vscode.l10n.t('Where')),
    ...(experiment === undefined
      ? []
      : [
          {
            label: vscode.l10n.t('Experiment'),
            iconPath: new vscode.ThemeIcon('beaker'),
            description: toOneLine(experiment.name, 60),
            action: { kind: 'experiment' } as const,
          },
        ]),
    {
      label: vscode.l10n.t('Environment manager'),
      iconPath: new vscode.ThemeIcon('symbol-namespace'),
      description: environmentManager,
      action: { kind: 'environment' },
    },
    {
      label: vscode.l10n.t('Backend'),
      iconPath: new vscode.ThemeIcon('server-environment'),
      description: backendLabel(backend),
      action: { kind: 'backend' },
    },
  ];
}

function given(values: ReadonlyMap<string, string>): string {
  return values.size === 0
    ? vscode.l10n.t('with default values')
    : [...values].map(([name, value]) => `${name}=${toOneLine(value, 20)}`).join(' ');
}

function declaredItem(parameter: ProjectParameter, value: string | undefined): Item {
  const { name, type, defaultText } = parameter;
  const isMissing = value === undefined && defaultText === undefined;
  const shown = shownValue(value ?? defaultText ?? '');
  const text = isMissing
    ? vscode.l10n.t('needs a value')
    : value === undefined
      ? vscode.l10n.t('{0} (default)', shown)
      : shown;
  return {
    label: plainLabel(name),
    iconPath: new vscode.ThemeIcon(isMissing ? 'warning' : 'symbol-parameter'),
    description: type === 'string' ? text : `${text} · ${toOneLine(type, 20)}`,
    action: { kind: 'parameter', name },
  };
}

function shownValue(value: string): string {
  return value === '' ? vscode.l10n.t('empty') : toOneLine(value, 60);
}

function addedItem(name: string, value: string): Item {
  return {
    label: plainLabel(name),
    iconPath: new vscode.ThemeIcon('symbol-parameter'),
    description: `${shownValue(value)} · ${vscode.l10n.t('not declared: goes to the command as --{0}', name)}`,
    action: { kind: 'parameter', name },
  };
}

/** Asks for what has no value yet, one after the other. */
export async function fillIn<F extends LaunchForm>(
  form: F,
): Promise<{ readonly form: F; readonly isComplete: boolean }> {
  let now = form;
  for (const { name } of missing(form)) {
    now = await changeValue(now, name);
    if (!now.values.has(name)) {
      return { form: now, isComplete: false };
    }
  }
  return { form: now, isComplete: true };
}

/** Asks for what a row shows; resolves to the form with the answer in it. */
export async function change<F extends LaunchForm>(
  form: F,
  action: FormAction,
  questions: FormQuestions,
): Promise<F> {
  switch (action.kind) {
    case 'parameter':
      return changeValue(form, action.name);
    case 'add':
      return addParameter(form);
    case 'experiment':
      return { ...form, experiment: (await questions.pickExperiment()) ?? form.experiment };
    case 'environment':
      return {
        ...form,
        environmentManager: (await pickEnvironmentManager()) ?? form.environmentManager,
      };
    case 'backend':
      return { ...form, backend: await pickBackend(form.backend, form.folder) };
    case 'run':
      return form;
  }
}

async function addParameter<F extends LaunchForm>(form: F): Promise<F> {
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Name of the Parameter'),
    prompt: vscode.l10n.t('It goes to the command as --name value.'),
    ignoreFocusOut: true,
    validateInput: (text) =>
      isPlainName(text)
        ? undefined
        : vscode.l10n.t('A name begins with a letter and has letters, digits, "_", "." and "-".'),
  });
  return name === undefined ? form : changeValue(form, name);
}

async function changeValue<F extends LaunchForm>(form: F, name: string): Promise<F> {
  const declared = form.declared.find((parameter) => parameter.name === name);
  const value = await askValue(form, name, declared);
  if (value === undefined) {
    return form;
  }
  const values = new Map(form.values);
  if (value === declared?.defaultText) {
    values.delete(name);
  } else {
    values.set(name, value);
  }
  return { ...form, values };
}

async function askValue(
  form: LaunchForm,
  name: string,
  declared: ProjectParameter | undefined,
): Promise<string | undefined> {
  const before = form.values.get(name) ?? declared?.defaultText ?? '';
  const { type = 'string', defaultText } = declared ?? {};
  if (type === 'path') {
    const chosen = await choosePath(name, form.folder);
    if (chosen !== 'type') {
      return chosen.path;
    }
  }
  const isRequired = declared !== undefined && defaultText === undefined;
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Value of {0}', name),
    prompt:
      defaultText === undefined
        ? type
        : vscode.l10n.t('{0}, default: {1}', type, toOneLine(defaultText, 60)),
    value: before,
    ignoreFocusOut: true,
    validateInput: async (text) => {
      const problem = await checkValue(
        { name, type, text, isRequired },
        (path) => exists(path, form.folder),
        {
          noNumber: (value, wanted) =>
            vscode.l10n.t(
              '{0} is no {1}. MLflow does not check this.',
              toOneLine(value, 40),
              wanted,
            ),
        },
      );
      const { Error, Warning } = vscode.InputBoxValidationSeverity;
      return problem && { message: problem.text, severity: problem.isHint ? Warning : Error };
    },
  });
}

/** A file or folder from a dialog, none when that was left; `type` to write a path or URI by hand. */
async function choosePath(
  name: string,
  folder: string | undefined,
): Promise<{ readonly path: string | undefined } | 'type'> {
  const items = [
    { label: vscode.l10n.t('Choose File…'), how: 'file' as const },
    { label: vscode.l10n.t('Choose Folder…'), how: 'folder' as const },
    { label: vscode.l10n.t('Enter a Path or URI…'), how: 'type' as const },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Value of {0}', name),
    ignoreFocusOut: true,
  });
  if (picked === undefined || picked.how === 'type') {
    return picked === undefined ? { path: undefined } : 'type';
  }
  const [chosen] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: picked.how === 'file',
      canSelectFolders: picked.how === 'folder',
      ...(folder !== undefined && { defaultUri: vscode.Uri.file(folder) }),
    })) ?? [];
  return { path: chosen?.fsPath };
}

async function exists(path: string, folder: string | undefined): Promise<boolean> {
  try {
    await access(resolve(folder ?? '', path));
    return true;
  } catch {
    return false;
  }
}

async function pickEnvironmentManager(): Promise<EnvironmentManager | undefined> {
  const items: readonly (vscode.QuickPickItem & { readonly label: EnvironmentManager })[] = [
    { label: 'local', description: vscode.l10n.t('the Python that runs MLflow') },
    { label: 'virtualenv', description: vscode.l10n.t('made from python_env.yaml') },
    { label: 'uv', description: vscode.l10n.t('made from python_env.yaml; MLflow 3') },
    { label: 'conda', description: vscode.l10n.t('made from conda.yaml') },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Environment Manager'),
  });
  return picked?.label;
}

import * as vscode from 'vscode';

import { toOneLine } from '../mlflow/format';
import { plainLabel } from '../mlflow/plainLabel';
import { editValues, leaveOut } from '../projects/plan/planChoice';
import { SweepPlan } from '../projects/plan/sweepPlan';
import type { Combination, PlanChoice } from '../projects/sweepContracts';
import { readRanges } from './ranges';
import { countText, valuesText } from './texts';

/** Combinations on a page: a quick pick holds up the window with many more. */
const perPage = 200;

type Action =
  | { readonly kind: 'combination'; readonly number: number }
  | { readonly kind: 'leaveOut' | 'takeIn' | 'goTo' | 'done' }
  | { readonly kind: 'page'; readonly from: number };

type Item = vscode.QuickPickItem & { readonly action?: Action };

/** How a plan differs from what its file says. */
export function changesText({ size, count, choice }: SweepPlan): string {
  const changed = choice.edits.length;
  const parts = [
    size === count
      ? vscode.l10n.t('all {0}', countText(size))
      : vscode.l10n.t('{0} of {1}', countText(count), countText(size)),
    changed === 0 ? undefined : vscode.l10n.t('{0} changed', countText(changed)),
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

/** Shows the combinations page by page, to be left out or given other values; resolves to what is chosen then. */
export async function askCombinations(plan: SweepPlan): Promise<PlanChoice> {
  let now = plan;
  for (let from = 0; ;) {
    const picked = await vscode.window.showQuickPick(pageOf(now, from), {
      title: vscode.l10n.t('Combinations: {0}', changesText(now)),
      placeHolder: vscode.l10n.t('Choose a combination to leave it out or to change it'),
      matchOnDescription: true,
      ignoreFocusOut: true,
    });
    const action = picked?.action;
    switch (action?.kind) {
      case undefined:
      case 'done':
        return now.choice;
      case 'page':
        from = action.from;
        break;
      case 'goTo':
        from = (await askPlace(now)) ?? from;
        break;
      case 'leaveOut':
      case 'takeIn':
        now = await leaveOutMany(now, action.kind === 'leaveOut');
        break;
      case 'combination':
        now = await changeOne(now, action.number);
        break;
    }
  }
}

function pageOf(plan: SweepPlan, from: number): readonly Item[] {
  const { size, choice } = plan;
  const end = Math.min(size, from + perPage);
  const edited = new Set(choice.edits.map(({ number }) => number));
  const numbers = Array.from({ length: end - from }, (_, place) => from + place);
  const row = (icon: string, label: string, action: Action, description = ''): Item => ({
    ...{ label, action, description, iconPath: new vscode.ThemeIcon(icon), alwaysShow: true },
  });
  const separator = { label: '', kind: vscode.QuickPickItemKind.Separator };
  return [
    row('check', vscode.l10n.t('Done'), { kind: 'done' }),
    row('circle-slash', vscode.l10n.t('Leave Out…'), { kind: 'leaveOut' }),
    ...(choice.leftOut.length > 0
      ? [row('add', vscode.l10n.t('Take In Again…'), { kind: 'takeIn' })]
      : []),
    ...(size > perPage ? [row('search', vscode.l10n.t('Go to Number…'), { kind: 'goTo' })] : []),
    separator,
    ...(from > 0
      ? [
          row('arrow-up', vscode.l10n.t('Previous Page'), {
            kind: 'page',
            from: Math.max(0, from - perPage),
          }),
        ]
      : []),
    ...numbers.map((number) => combinationRow(plan, number, edited.has(number))),
    ...(end < size
      ? [
          row(
            'arrow-down',
            vscode.l10n.t('Next Page'),
            { kind: 'page', from: end },
            vscode.l10n.t('{0} to {1} of {2}', ...[from, end - 1, size - 1].map(countText)),
          ),
        ]
      : []),
  ];
}

function combinationRow(plan: SweepPlan, number: number, isEdited: boolean): Item {
  const isOut = plan.isLeftOut(number);
  const notes = [
    isOut ? vscode.l10n.t('left out') : undefined,
    isEdited ? vscode.l10n.t('changed') : undefined,
  ];
  return {
    label: `${number}  ${plainLabel(toOneLine(valuesText(plan.at(number)), 200))}`,
    iconPath: new vscode.ThemeIcon(isOut ? 'circle-slash' : isEdited ? 'edit' : 'circle-outline'),
    description: notes.filter((note) => note !== undefined).join(' · '),
    action: { kind: 'combination', number },
  };
}

async function changeOne(plan: SweepPlan, number: number): Promise<SweepPlan> {
  const combination = plan.at(number);
  const isOut = plan.isLeftOut(number);
  const isEdited = plan.choice.edits.some((edit) => edit.number === number);
  const toggle = isOut ? vscode.l10n.t('Take In Again') : vscode.l10n.t('Leave Out');
  const restore = vscode.l10n.t('Restore Values of the Plan');
  const items = [
    { label: toggle, name: undefined },
    ...combination.values.map(([name, text]) => ({
      label: plainLabel(name),
      iconPath: new vscode.ThemeIcon('edit'),
      description: toOneLine(text, 60),
      name,
    })),
    ...(isEdited ? [{ label: restore, name: undefined }] : []),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Combination {0}', number),
    placeHolder: vscode.l10n.t('Leave it out, or choose a value to change it'),
    ignoreFocusOut: true,
  });
  if (picked === undefined) {
    return plan;
  }
  if (picked.name === undefined) {
    return withChoice(
      plan,
      picked.label === restore
        ? editValues(plan.choice, number, undefined)
        : leaveOut(plan.choice, [number], !isOut),
    );
  }
  return changeValue(plan, combination, picked.name);
}

async function changeValue(
  plan: SweepPlan,
  { number, values }: Combination,
  name: string,
): Promise<SweepPlan> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Value of {0}', name),
    prompt: vscode.l10n.t('For combination {0} alone', number),
    value: values.find(([each]) => each === name)?.[1] ?? '',
    ignoreFocusOut: true,
  });
  if (text === undefined) {
    return plan;
  }
  const edited = values.map(([each, before]) => [each, each === name ? text : before] as const);
  return withChoice(plan, editValues(plan.choice, number, edited));
}

async function leaveOutMany(plan: SweepPlan, isOut: boolean): Promise<SweepPlan> {
  const text = await vscode.window.showInputBox({
    title: isOut ? vscode.l10n.t('Leave Out') : vscode.l10n.t('Take In Again'),
    prompt: vscode.l10n.t('Numbers of combinations, such as 0-9, 12'),
    ignoreFocusOut: true,
    validateInput: (typed) =>
      readRanges(typed, plan.size) === undefined
        ? vscode.l10n.t('Numbers from 0 to {0}, such as 0-9, 12', countText(plan.size - 1))
        : undefined,
  });
  const numbers = text === undefined ? undefined : readRanges(text, plan.size);
  return numbers === undefined ? plan : withChoice(plan, leaveOut(plan.choice, numbers, isOut));
}

async function askPlace({ size }: SweepPlan): Promise<number | undefined> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Go to Number'),
    prompt: vscode.l10n.t('From 0 to {0}', countText(size - 1)),
    ignoreFocusOut: true,
    validateInput: (typed) =>
      /^\d{1,15}$/.test(typed.trim()) && Number(typed) < size
        ? undefined
        : vscode.l10n.t('From 0 to {0}', countText(size - 1)),
  });
  return text === undefined ? undefined : Number(text);
}

function withChoice({ sweep, seed }: SweepPlan, choice: PlanChoice): SweepPlan {
  return new SweepPlan(sweep, seed, choice);
}

import * as l10n from '@vscode/l10n';
import type { Refusal } from './state';

/** A column's name as filters have it. */
export function nameInFilter(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(name) && !/^(?:and|or)$/i.test(name)
    ? name
    : `\`${name}\``;
}

/** A condition that a cell of the column fulfils. */
export function conditionFor(name: string, text: string): string {
  if (text === '') return `${nameInFilter(name)} is empty`;
  const isPlain = /^[\p{L}\p{N}_.+-]+$/u.test(text);
  const quoted = `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
  return `${nameInFilter(name)} = ${isPlain ? text : quoted}`;
}

/** Begins a condition on a column in the box, behind what stands there. */
export function filterStart(name: string): void {
  const field = document.querySelector<HTMLInputElement>('.filter-input');
  if (!field) return;
  const before = field.value.trim();
  field.value = `${before === '' ? '' : `${before} and `}${nameInFilter(name)} `;
  // The menu gives the focus back first.
  requestAnimationFrame(() => {
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
    field.dispatchEvent(new Event('input'));
  });
}

/** What is wrong with a filter, as one sentence. */
export function refusalText({ sentence, mistake }: Refusal): string {
  if (mistake === undefined) return sentence;
  const column = mistake.column ?? '';
  switch (mistake.reason) {
    case 'column':
      return l10n.t(
        'There is no column “{0}”. To find this text in any cell, put it in quotes.',
        column,
      );
    case 'number':
      return l10n.t('“{0}” holds numbers, so it can only be compared with a number.', column);
    case 'date':
      return l10n.t(
        '“{0}” holds dates, so it can only be compared with one, like 2026-01-31.',
        column,
      );
    case 'value':
      return l10n.t('What “{0}” is to be compared with is missing.', column);
    case 'quote':
      return l10n.t('A quote is not closed.');
    case 'ordered':
      return l10n.t(
        '“{0}” is true or false, so it can only be equal to one of them or not.',
        column,
      );
  }
}

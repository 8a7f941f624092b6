import * as l10n from '@vscode/l10n';
import { differenceText } from '../../kit/differences';
import type { Direction } from '../../kit/direction';
import type { Column } from '../model/column';

/** How a cell differs from the baseline's. */
export interface Difference {
  /** A class of the page: colors go by it. */
  readonly kind: 'same' | 'better' | 'worse' | 'other';
  /** Reads without color: an arrow up or down, `=` for the same, `≠` for another text. */
  readonly sign: '▲' | '▼' | '=' | '≠';
  /** How much, as in `+0.012 (+1.5%)`; empty where nothing can be measured. */
  readonly text: string;
  /** The same for screen readers and hovers. */
  readonly spoken: string;
}

/** Compares a number with the baseline's; `undefined` where either has none. */
export function numberDifference(
  column: Column | undefined,
  at: number,
  baseline: number,
  direction: Direction,
): Difference | undefined {
  if (!column || at === baseline || !column.has(at) || !column.has(baseline)) return undefined;
  const [value, other] = [column.number(at), column.number(baseline)];
  if (value === other || Object.is(value, other))
    return { kind: 'same', sign: '=', text: '', spoken: l10n.t('same as the baseline') };
  const text = differenceText(value, other);
  if (Number.isNaN(value) || Number.isNaN(other))
    return { kind: 'other', sign: '≠', text, spoken: l10n.t('other than the baseline') };
  const isMore = value > other;
  const kind =
    direction === 'none' ? 'other' : isMore === (direction === 'higher') ? 'better' : 'worse';
  return { kind, sign: isMore ? '▲' : '▼', text, spoken: spokenOf(kind, isMore, text) };
}

/** Compares a text with the baseline's; having none is a difference, too. */
export function textDifference(
  column: Column | undefined,
  at: number,
  baseline: number,
): Difference | undefined {
  if (at === baseline) return undefined;
  const [has, had] = [column?.has(at) === true, column?.has(baseline) === true];
  if (!has && !had) return undefined;
  const isSame = has === had && column?.text(at) === column?.text(baseline);
  return isSame
    ? { kind: 'same', sign: '=', text: '', spoken: l10n.t('same as the baseline') }
    : { kind: 'other', sign: '≠', text: '', spoken: l10n.t('other than the baseline') };
}

function spokenOf(kind: Difference['kind'], isMore: boolean, text: string): string {
  const size = isMore
    ? l10n.t('more than the baseline: {0}', text)
    : l10n.t('less than the baseline: {0}', text);
  if (kind === 'other') return size;
  return `${size}, ${kind === 'better' ? l10n.t('better') : l10n.t('worse')}`;
}

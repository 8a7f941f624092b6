import type { FilterRefusal } from '../../../src/protocol/runsPage';
import { lastResult } from '../../kit/lastResult';
import type { Alternative } from './alternatives';
import { alternativesOf, typedPlace } from './alternatives';

/** What is wrong with what was typed, and where: from `start` to `end` (exclusive), if that is known. */
export interface Mistake {
  /** MLflow's sentence, or ours. */
  readonly sentence: string;
  readonly start: number | undefined;
  readonly end: number | undefined;
}

/** What a typed text asks for. */
export interface TypedFilter {
  readonly typed: string;
  /** One for each query; none finds all runs. */
  readonly filters: readonly string[];
  /** The same, where OR or parentheses had to be resolved. */
  readonly alternatives: readonly Alternative[] | undefined;
}

export const readTyped = lastResult((text: string): TypedFilter => {
  const alternatives = alternativesOf(text);
  const filters = alternatives?.map((each) => each.text) ?? (text.trim() === '' ? [] : [text]);
  return { typed: text, filters: [...new Set(filters)], alternatives };
});

/** The refusal of the filter at a place of {@link TypedFilter.filters}, in places of what was typed. */
export function mistakeOf(
  { typed, filters, alternatives }: TypedFilter,
  refusal: FilterRefusal,
  filter = refusal.filter ?? 0,
): Mistake {
  const { sentence, start, end } = refusal;
  if (start === undefined || end === undefined)
    return { sentence, start: undefined, end: undefined };
  const alternative = alternatives?.find(({ text }) => text === filters[filter]);
  const at = (place: number): number => (alternative ? typedPlace(alternative, place) : place);
  const from = Math.max(0, Math.min(at(start), typed.length));
  // What is missing at the end has no length: then the last letter is underlined.
  const to = Math.min(typed.length, Math.max(at(end), from + 1));
  return { sentence, start: Math.min(from, Math.max(0, to - 1)), end: to };
}

const mostRemembered = 20;

/** The last filters, newest first, each once. */
export function historyWith(history: readonly string[], typed: string): readonly string[] {
  const text = typed.trim();
  if (text === '') return history;
  return [text, ...history.filter((each) => each !== text)].slice(0, mostRemembered);
}

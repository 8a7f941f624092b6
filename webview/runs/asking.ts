import type { FilterRefusal, RunsPage, RunsQuery } from '../../src/protocol/runsPage';
import { reasonOf } from '../kit/announce';
import { fieldsOf } from '../kit/fields';
import type { Link } from '../kit/link';
import { PageError } from '../kit/link';
import type { PageStore } from '../kit/pageStore';
import type { TimeSpan } from './model/tableLayout';
import type { PageAction, PageState } from './state';

const hour = 3_600_000;
const spans: Readonly<Record<TimeSpan, number | undefined>> = {
  any: undefined,
  hour,
  day: 24 * hour,
  week: 7 * 24 * hour,
  month: 30 * 24 * hour,
  year: 365 * 24 * hour,
};

/** Since when runs have to have begun, in milliseconds since 1970. */
export function startedSince(since: TimeSpan, now: number): number | undefined {
  const span = spans[since];
  return span === undefined ? undefined : now - span;
}

/** What the layout asks for. */
export function queryOf({ layout }: PageState, now: number): RunsQuery {
  const { filters, view, since } = layout;
  return { filters, view, startedSince: startedSince(since, now) };
}

/** Asks for runs now, and again whenever a person asks for others. */
export function askForRuns(
  store: PageStore<PageState, PageAction>,
  link: Link<RunsPage>,
): { readonly again: () => void } {
  let asked = store.state.layout;
  let latest = 0;
  const ask = async (): Promise<void> => {
    const own = ++latest;
    asked = store.state.layout;
    store.dispatch({ type: 'asking' });
    try {
      const { reading } = await link.call('read', queryOf(store.state, Date.now()));
      if (own === latest) store.dispatch({ type: 'asked', reading });
    } catch (error) {
      if (own === latest) store.dispatch({ type: 'refused', refusal: refusalOf(error) });
    }
  };
  store.onChange(({ layout }) => {
    const isSame =
      layout.filters === asked.filters &&
      layout.view === asked.view &&
      layout.since === asked.since;
    if (!isSame) void ask();
  });
  void ask();
  return { again: () => void ask() };
}

function refusalOf(error: unknown): FilterRefusal {
  const { filter, start, end } = fieldsOf(error instanceof PageError ? error.failure : undefined);
  const placeOf = (value: unknown): number | undefined =>
    typeof value === 'number' ? value : undefined;
  return {
    sentence: reasonOf(error),
    filter: placeOf(filter),
    start: placeOf(start),
    end: placeOf(end),
  };
}

import type { FilterMistake } from '../mlflow/filterMistake';
import type { FilterRefusal } from '../protocol/runsPage';
import type { FilterRefused } from '../state/tableReading';
import type { PanelsHost } from './panelsHost';

type Host = Pick<PanelsHost, 'sessions' | 'explain' | 'filterMistake'>;

/** What is surely wrong with a filter, for the first of these connections that would refuse it; asks no server. */
export async function checkFilter(
  host: Host,
  places: readonly { readonly connection: string }[],
  filter: string,
): Promise<FilterRefusal | undefined> {
  for (const connection of new Set(places.map((place) => place.connection))) {
    const info = host.sessions.get(connection)?.info;
    const mistake = info && (await host.filterMistake(filter, info));
    if (mistake !== undefined) {
      return toRefusal(mistake);
    }
  }
  return undefined;
}

/** What a server said about a filter. */
export function refusalOf({ explain }: Host, { filter, cause }: FilterRefused): FilterRefusal {
  return { sentence: explain(cause), filter };
}

function toRefusal({ message, start, end }: FilterMistake): FilterRefusal {
  return { sentence: message, start, end };
}

import { runFilterFromText } from './filterText';
import { parseFilter } from './search/parseFilter';
import type { SearchDialect } from './search/searchDialect';
import type { Span } from './search/searchProblem';
import type { ServerInfo } from './trackingStore';

/** What is wrong with a filter, and where in what was typed. */
export interface FilterMistake extends Span {
  /** In MLflow's own words. */
  readonly message: string;
}

/** The newest release whose language is known (`test/contract/searchLanguage.test.ts`); a later one may take more. */
const newest = { major: 3, minor: 17 };

/**
 * Why the server would refuse what was typed as a filter of runs, so that it need not be asked; `undefined` where it may take it, or
 * where that is not sure: only what no release and kind of store that it can be takes is a mistake.
 */
export function filterMistake(typed: string, server: ServerInfo): FilterMistake | undefined {
  const filter = typed.trim();
  if (filter === '' || runFilterFromText(typed) !== filter) {
    return undefined;
  }
  const parses = possibleDialects(server).map((dialect) => parseFilter(filter, dialect));
  const [first] = parses;
  if (first?.kind !== 'refused' || parses.some(({ kind }) => kind !== 'refused')) {
    return undefined;
  }
  const offset = typed.indexOf(filter);
  const { message, span } = first;
  return { message, start: span.start + offset, end: span.end + offset };
}

/** The likeliest first; none for a server that is not known well enough. */
function possibleDialects({ version, storeType, can }: ServerInfo): SearchDialect[] {
  const major = version === undefined ? localMajor(storeType, can.filterNull) : knownMajor(version);
  if (major === undefined) {
    return [];
  }
  const versions = major === 3 ? ([3, 2] as const) : ([2, 3] as const);
  const stores =
    storeType === 'SqlStore'
      ? (['sql'] as const)
      : storeType === 'FileStore'
        ? (['files'] as const)
        : (['sql', 'files'] as const);
  return versions.flatMap((each) =>
    stores.map((store) => ({ target: 'runs' as const, version: each, store })),
  );
}

function knownMajor(version: string): 2 | 3 | undefined {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version)?.map(Number) ?? [];
  if (major === undefined || minor === undefined) {
    return undefined;
  }
  if (major === newest.major) {
    return minor <= newest.minor ? 3 : undefined;
  }
  return major === 2 ? 2 : undefined;
}

/** A store that is read in place has no version, yet says its kind. */
function localMajor(storeType: string | undefined, filterNull: boolean): 2 | 3 | undefined {
  return storeType === undefined ? undefined : filterNull ? 3 : 2;
}

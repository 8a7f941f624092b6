import { isList, isRecord } from './restoreState';

const version = 1;

/** What a page keeps that compares two tables, so that it can be restored; `parts` as `toAddressParts` makes them. */
export function toTablesState(
  parts: readonly { readonly authority: string; readonly path: string }[],
): unknown {
  return { version, tables: parts.map(({ authority, path }) => [authority, path]) };
}

/** The parts of two addresses of a state as {@link toTablesState} made it; `undefined` for any other. */
export function fromTablesState(
  state: unknown,
): readonly { readonly authority: string; readonly path: string }[] | undefined {
  if (!isRecord(state) || state['version'] !== version || !isList(state['tables'])) {
    return undefined;
  }
  const found = state['tables'].flatMap((each) => {
    if (!isList(each) || each.length !== 2) return [];
    const [authority, path] = each;
    return typeof authority === 'string' && typeof path === 'string' ? [{ authority, path }] : [];
  });
  return found.length === 2 && state['tables'].length === 2 ? found : undefined;
}

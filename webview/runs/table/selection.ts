import type { SelectHow } from '../../kit/wideGrid/wideGridModel';
import type { Kept } from '../model/kept';
import type { TableView } from './tableView';

type Selection = Pick<Kept, 'selected' | 'anchor'>;

/** What is selected after a press or a key on a row. */
export function select(view: TableView, how: SelectHow, row: number): Selection {
  const { selected, anchor } = view.state.kept;
  const runs = view.runsOf(row);
  switch (how) {
    case 'only':
      return { selected: new Set(runs), anchor: view.keyOf(row) };
    case 'toggle': {
      const changed = new Set(selected);
      const isIn = runs.every((key) => changed.has(key));
      for (const key of runs) {
        if (isIn) changed.delete(key);
        else changed.add(key);
      }
      return { selected: changed, anchor: view.keyOf(row) };
    }
    case 'range': {
      const from = (anchor === undefined ? undefined : view.rowOf(anchor)) ?? row;
      return { selected: runsBetween(view, from, row), anchor: view.keyOf(from) };
    }
    case 'all':
      return { selected: runsBetween(view, 0, view.rows.order.length - 1), anchor };
    case 'none':
      return { selected: new Set(), anchor: undefined };
  }
}

function runsBetween(view: TableView, one: number, other: number): ReadonlySet<string> {
  const found = new Set<string>();
  for (let row = Math.min(one, other); row <= Math.max(one, other); row++)
    for (const key of view.runsOf(row)) found.add(key);
  return found;
}

/** Whether all runs of a row are selected. */
export function isSelected(view: TableView, row: number): boolean {
  const { selected } = view.state.kept;
  if (selected.size === 0) return false;
  const runs = view.runsOf(row);
  return runs.length > 0 && runs.every((key) => selected.has(key));
}

/** The runs that are meant by what is done at a row: all that are selected if it is, else its own. */
export function targetsAt(view: TableView, row: number): readonly string[] {
  return isSelected(view, row) ? selectedRuns(view) : view.runsOf(row);
}

/** The selected runs that there still are, and that nobody has put away, from top to bottom. */
export function selectedRuns(view: TableView): readonly string[] {
  const { kept, data, layout } = view.state;
  if (kept.selected.size === 0) return [];
  const isThere = (key: string): boolean =>
    data.placeOf(key) !== undefined && (layout.showHidden || !layout.hidden.has(key));
  return [...kept.selected]
    .filter(isThere)
    .sort((one, other) => (view.rowOf(one) ?? Infinity) - (view.rowOf(other) ?? Infinity));
}

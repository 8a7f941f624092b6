import * as l10n from '@vscode/l10n';
import type { MenuItem } from '../../kit/menu';
import type { WidePlace } from '../../kit/wideGrid/wideGridModel';
import { areaOf, isIn } from '../grid/selection';
import { conditionFor } from './filterTexts';
import type { TableActions } from './tableActions';

/** What can be done with a cell, or with all that are selected. */
export function cellMenu(
  place: WidePlace,
  element: HTMLElement,
  actions: TableActions,
): readonly MenuItem[] {
  const { state } = actions;
  const { selection, columns, kept } = state;
  if (selection === undefined || !isIn(areaOf(selection, columns.length), place))
    actions.reach(place, false);
  const column = place.column - 1;
  const at = column < 0 ? undefined : actions.arranging.blocks.at(place.row, column);
  const text = at?.block.cells[at.column]?.[at.row];
  const name = columns[column]?.name ?? '';
  return [
    { label: l10n.t('Copy'), run: () => actions.copy(place, false) },
    { label: l10n.t('Copy with Column Names'), run: () => actions.copy(place, true) },
    ...(text === undefined
      ? []
      : [
          'separator' as const,
          { label: l10n.t('Show Whole Cell'), run: () => void actions.open(place, element) },
          {
            label: l10n.t('Filter by This Value'),
            isDisabled: name === '' || text.length > 200,
            run: () => {
              const condition = conditionFor(name, text);
              const before = kept.filter.trim();
              actions.filter(before === '' ? condition : `${before} and ${condition}`);
            },
          },
        ]),
  ];
}

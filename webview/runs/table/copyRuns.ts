import * as l10n from '@vscode/l10n';
import type { WidePlace } from '../../kit/wideGrid/wideGridModel';
import { startedSince } from '../asking';
import { copyAsMarkdown, copyAsText } from '../copy/copyTable';
import { pandasSnippet } from '../copy/pandasSnippet';
import { groupTitle } from '../group/groupTexts';
import { columnTitle } from './columnTexts';
import { groupText } from './groupCell';
import { fullText } from './runCell';
import type { TableActions } from './tableActions';
import type { TableView } from './tableView';

/** Copies runs with the columns that are shown, or Python that reads them; of none, all that the filters find. */
export function copyRuns(
  view: TableView,
  runs: readonly string[],
  how: 'text' | 'markdown' | 'pandas',
  actions: TableActions,
): void {
  const said = l10n.t('{0} runs were copied.', runs.length);
  if (how === 'pandas')
    return actions.copy(snippetOf(view, runs), l10n.t('The Python was copied.'));
  const table = {
    header: view.columns.map(columnTitle),
    rows: runs.map((key) => {
      const at = view.state.data.placeOf(key);
      return view.columns.map((id) => (at === undefined ? '' : fullText(view, at, id)));
    }),
  };
  actions.copy(how === 'text' ? copyAsText(table) : copyAsMarkdown(table), said);
}

/** One cell in full. */
export function copiedCell(view: TableView, { row, column }: WidePlace): string {
  const id = view.columns[column];
  const at = view.rows.order[row];
  if (id === undefined || at === undefined) return '';
  const group = view.rows.groups[-1 - at];
  if (group === undefined) return fullText(view, at, id);
  return id === 'attribute:name' ? groupTitle(group) : groupText(view, group, id);
}

function snippetOf({ state }: TableView, runs: readonly string[]): string {
  const { experiments, layout, data } = state;
  return pandasSnippet({
    experimentNames: experiments.map(({ name }) => name),
    connection: experiments[0]?.connection ?? '',
    query: {
      filters: layout.filters,
      view: layout.view,
      startedSince: startedSince(layout.since, Date.now()),
    },
    sort: layout.sort,
    runIds:
      runs.length === 0
        ? undefined
        : runs.flatMap((key) => data.rows[data.placeOf(key) ?? -1]?.runId ?? []),
  });
}

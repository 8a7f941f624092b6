import * as l10n from '@vscode/l10n';
import type { ComparedRun } from '../../src/protocol/comparePage';
import type { TableContent, TableSetup, TableView } from '../differences/tableSection';
import type { TableName } from './layout';
import { runHint } from './runHint';
import { baselineOf } from './state';
import type { Dispatch, PageState } from './state';

/** A table of the page, but for what the page knows of all of its runs. */
export function tableOf(
  name: TableName,
  state: PageState,
  dispatch: Dispatch,
): Omit<TableView, 'runs' | 'looks' | 'copy' | 'openMenu'> {
  const { layout, kept } = state;
  return {
    name,
    title: titles[name](),
    content: contentOf(name, state),
    setup: {
      isFolded: layout.folded.has(name),
      onlyDifferences: layout.onlyDifferences[name],
      filter: kept.tableFilters[name] ?? '',
      directions: layout.directions,
    },
    baseline: baselineOf(state),
    highlighted: state.highlighted,
    nothingThere: l10n.t('These runs have none.'),
    change: (change) => changeTable(name, state, dispatch, change),
    point: (run) => dispatch({ type: 'highlight', run: run?.key }),
    hintOf: runHint,
  };
}

function changeTable(
  name: TableName,
  state: PageState,
  dispatch: Dispatch,
  { isFolded, onlyDifferences, filter, directions }: Partial<TableSetup>,
): void {
  if (isFolded !== undefined) dispatch({ type: 'fold', section: name, folded: isFolded });
  if (onlyDifferences !== undefined)
    dispatch({ type: 'onlyDifferences', table: name, on: onlyDifferences });
  if (filter !== undefined) {
    const tableFilters = { ...state.kept.tableFilters, [name]: filter };
    dispatch({ type: 'kept', change: { tableFilters } });
  }
  if (directions !== undefined) dispatch({ type: 'layout', change: { directions } });
}

const textsOf = {
  parameters: (run: ComparedRun) => run.params,
  tags: (run: ComparedRun) => run.tags,
  attributes: (run: ComparedRun) => run.attributes,
};

function contentOf(name: TableName, { metricKeys }: PageState): TableContent {
  return name === 'metrics'
    ? { kind: 'metrics', metricKeys }
    : { kind: 'texts', textsOf: textsOf[name], isOrdered: name === 'attributes' };
}

const titles: Readonly<Record<TableName, () => string>> = {
  parameters: () => l10n.t('Parameters'),
  metrics: () => l10n.t('Metrics'),
  tags: () => l10n.t('Tags'),
  attributes: () => l10n.t('Attributes'),
};

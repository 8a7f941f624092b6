import * as l10n from '@vscode/l10n';
import type { ComparedRun } from '../../src/protocol/comparePage';
import type { TableContent, TableView } from '../differences/tableSection';
import { keepSetup, setupOf } from '../differences/tableSetup';
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
  return {
    name,
    title: titles[name](),
    content: contentOf(name, state),
    setup: setupOf(name, state),
    baseline: baselineOf(state),
    highlighted: state.highlighted,
    nothingThere: l10n.t('These runs have none.'),
    change: (change) => keepSetup(name, state, dispatch, change),
    point: (run) => dispatch({ type: 'highlight', run: run?.key }),
    hintOf: runHint,
  };
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

import * as l10n from '@vscode/l10n';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { ComparedRun } from '../../src/protocol/comparePage';
import '../differences/tableSection';
import type { TableContent, TableView } from '../differences/tableSection';
import { keepSetup, setupOf } from '../differences/tableSetup';
import { factColumns, looksOf, runColumns, signatureColumns } from './columns';
import type { TableName } from './layout';
import { copy } from './pageParts';
import type { PageParts } from './pageParts';
import { baselineOf } from './state';
import { hintOf, openVersionMenu } from './versionMenu';

/** A table of the page. */
export function tableView(name: TableName, parts: PageParts): TemplateResult {
  const { state, dispatch } = parts;
  const { versions } = state;
  const columns = columnsOf[name](versions);
  const view: TableView = {
    name,
    title: titles[name](),
    content: contentOf(name, parts),
    setup: setupOf(name, state),
    runs: columns,
    looks: looksOf(versions),
    baseline: columns.find(({ key }) => key === baselineOf(state)?.key),
    highlighted: state.highlighted,
    nothingThere: nothingThere[name](),
    change: (change) => keepSetup(name, state, dispatch, change),
    point: (column) => dispatch({ type: 'highlight', version: column?.key }),
    copy: (text) => copy(parts, text),
    hintOf: ({ key }) => hintOf(versions.find((version) => version.key === key)),
    openMenu: ({ key }, anchor) => openVersionMenu(key, anchor, parts),
  };
  return html`<table-section .view=${view}></table-section>`;
}

const columnsOf = {
  attributes: factColumns,
  parameters: runColumns,
  metrics: runColumns,
  signature: signatureColumns,
  tags: factColumns,
} as const;

const textsOf = {
  attributes: (column: ComparedRun) => column.attributes,
  parameters: (column: ComparedRun) => column.params,
  signature: (column: ComparedRun) => column.params,
  tags: (column: ComparedRun) => column.tags,
} as const;

function contentOf(name: TableName, { state }: PageParts): TableContent {
  return name === 'metrics'
    ? { kind: 'metrics', metricKeys: state.metricKeys }
    : {
        kind: 'texts',
        textsOf: textsOf[name],
        isOrdered: name === 'attributes' || name === 'signature',
        marksChanges: name === 'signature',
      };
}

const titles: Readonly<Record<TableName, () => string>> = {
  attributes: () => l10n.t('Version'),
  parameters: () => l10n.t('Parameters'),
  metrics: () => l10n.t('Metrics'),
  signature: () => l10n.t('Signature'),
  tags: () => l10n.t('Tags'),
};

const nothingThere: Readonly<Record<TableName, () => string>> = {
  attributes: () => l10n.t('Nothing is known of these versions.'),
  parameters: () => l10n.t('The source runs have none.'),
  metrics: () => l10n.t('The source runs have none.'),
  signature: () => l10n.t('These models were logged without signatures, or they cannot be read.'),
  tags: () => l10n.t('These versions have none.'),
};

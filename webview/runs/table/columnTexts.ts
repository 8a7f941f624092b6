import * as l10n from '@vscode/l10n';
import { columnParts } from '../model/columnId';
import type { AttributeName, ColumnId, ColumnKind, Pick } from '../model/columnId';

const attributes: Readonly<Record<AttributeName, () => string>> = {
  name: () => l10n.t('Run'),
  status: () => l10n.t('Status'),
  created: () => l10n.t('Created'),
  ended: () => l10n.t('Ended'),
  duration: () => l10n.t('Duration'),
  user: () => l10n.t('User'),
  experiment: () => l10n.t('Experiment'),
  source: () => l10n.t('Source'),
  commit: () => l10n.t('Commit'),
  datasets: () => l10n.t('Datasets'),
  runId: () => l10n.t('Run ID'),
  artifactUri: () => l10n.t('Artifact location'),
  lifecycle: () => l10n.t('Lifecycle stage'),
};

export function pickText(pick: Pick): string {
  return {
    last: () => l10n.t('last'),
    min: () => l10n.t('min'),
    max: () => l10n.t('max'),
    best: () => l10n.t('best'),
  }[pick]();
}

/** What stands at the head of a column. */
export function columnTitle(id: ColumnId): string {
  const parts = columnParts(id);
  if (parts.kind === 'attribute') return attributes[parts.key]();
  if (parts.kind !== 'metric' || parts.pick === 'last') return parts.key;
  return l10n.t('{0} ({1})', parts.key, pickText(parts.pick));
}

/** What columns of a kind are called. */
export function kindTitle(kind: ColumnKind): string {
  return {
    attribute: () => l10n.t('Attributes'),
    metric: () => l10n.t('Metrics'),
    param: () => l10n.t('Parameters'),
    tag: () => l10n.t('Tags'),
  }[kind]();
}

/** A column for screen readers and hovers: its name with what it is. */
export function columnHint(id: ColumnId): string {
  const { kind } = columnParts(id);
  return kind === 'attribute' ? columnTitle(id) : `${columnTitle(id)}\n${kindTitle(kind)}`;
}

import * as vscode from 'vscode';

import { assertNever } from '../base/assertNever';
import { folderText, standingWords } from '../host/describeConnection';
import { explainError } from '../host/explainError';
import { age, clock } from '../host/times';
import { statusText } from '../host/statusText';
import { versionStatusText } from '../host/versionStatusText';
import { commands, rowFacets, rowKinds, runColorId } from '../ids';
import type { Standing } from '../mlflow/connectionFacts';
import { formatFull, formatShort, toOneLine } from '../mlflow/format';
import type { ModelVersion, Run, RunStatus } from '../mlflow/model';
import { isLive } from '../mlflow/runFacts';
import { sweepStateOf } from '../mlflow/sweepFacts';
import { drawArtifact, drawArtifacts, drawLoggedModel } from './drawArtifact';
import { contextValue, icon, onSelf } from './itemParts';
import { wantsSignIn } from './node';
import type {
  ConnectionNode,
  ErrorNode,
  ExperimentNode,
  GroupNode,
  LoadMoreNode,
  ModelNode,
  RunNode,
  TreeNode,
  VersionNode,
} from './node';
import { emptyText, groupLabel, stageOf } from './words';

const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

/** Draws a row of the session `connection`. The tooltip follows when somebody hovers. */
export function toTreeItem(node: TreeNode, connection: string | undefined): vscode.TreeItem {
  switch (node.kind) {
    case 'connection':
      return drawConnection(node);
    case 'experiment':
      return drawExperiment(node);
    case 'run':
      return drawRun(node);
    case 'group':
      return drawGroup(node);
    case 'param':
      return drawValue(rowKinds.param, node.param.key, node.param.value);
    case 'tag':
      return drawValue(rowKinds.tag, node.tag.key, node.tag.value);
    case 'metric':
      return drawValue(rowKinds.metric, node.metric.key, formatShort(node.metric.value));
    case 'artifacts':
      return drawArtifacts();
    case 'loggedModel':
      return drawLoggedModel(node);
    case 'artifact':
      return drawArtifact(node, connection);
    case 'model':
      return drawModel(node);
    case 'version':
      return drawVersion(node, connection);
    case 'loadMore':
      return drawLoadMore(node, connection);
    case 'error':
      return drawError(node, connection);
    case 'empty': {
      const item = new vscode.TreeItem('', None);
      item.description = emptyText(node.why);
      item.accessibilityInformation = { label: emptyText(node.why) };
      return item;
    }
    default:
      return assertNever(node);
  }
}

const standingIcons: Record<Standing, readonly [icon: string, color?: string]> = {
  idle: ['server'],
  connecting: ['sync~spin'],
  ready: ['server'],
  insecure: ['unlock', 'list.warningForeground'],
  ailing: ['warning', 'list.warningForeground'],
  signIn: ['key', 'list.warningForeground'],
  failed: ['error', 'list.errorForeground'],
};

function drawConnection(node: ConnectionNode): vscode.TreeItem {
  const label = toOneLine(node.name.replace(/^https?:\/\//, ''));
  const item = new vscode.TreeItem(label, node.open ? Expanded : Collapsed);
  item.iconPath = icon(...standingIcons[node.standing]);
  item.contextValue = contextValue(rowKinds.connection, { [rowFacets.beside]: node.beside });
  const version = node.version === undefined ? '' : `MLflow ${toOneLine(node.version, 40)}`;
  const parts = [folderText(node), version].filter((part) => part !== '');
  item.description = parts.join(' · ');
  item.accessibilityInformation = {
    label: [label, standingWords(node.standing), ...parts].join(', '),
  };
  return item;
}

function drawExperiment({ experiment, pinned, filter, narrowed }: ExperimentNode): vscode.TreeItem {
  const item = new vscode.TreeItem(toOneLine(experiment.name) || experiment.id, Collapsed);
  const deleted = experiment.lifecycleStage === 'deleted';
  item.iconPath = icon(deleted ? 'trash' : pinned ? 'pinned' : 'beaker');
  item.contextValue = contextValue(rowKinds.experiment, {
    [rowFacets.pinned]: pinned,
    [rowFacets.filtered]: narrowed,
    [rowFacets.deleted]: deleted,
  });
  if (filter !== '') {
    item.description = vscode.l10n.t('filter: {0}', toOneLine(filter, 80));
  } else if (narrowed) {
    item.description = vscode.l10n.t('recent runs only');
  } else if (deleted) {
    item.description = vscode.l10n.t('deleted');
  }
  return item;
}

/** What MLflow gives runs that `mlflow run` makes. */
const projectTag = 'mlflow.project.entryPoint';

const statusIcons: Record<RunStatus, string> = {
  RUNNING: 'sync~spin',
  SCHEDULED: 'clock',
  FINISHED: 'pass',
  FAILED: 'error',
  KILLED: 'circle-slash',
};

function drawRun({ run, placeholder, watched, open, highlight, color }: RunNode): vscode.TreeItem {
  const item = new vscode.TreeItem(toOneLine(run.name) || run.id, open ? Expanded : Collapsed);
  const deleted = run.lifecycleStage === 'deleted';
  const sweepState = sweepStateOf(run);
  item.iconPath = icon(deleted ? 'trash' : statusIcons[run.status], runColorId(color));
  item.contextValue = contextValue(rowKinds.run, {
    [rowFacets.deleted]: deleted,
    [rowFacets.live]: isLive(run),
    [rowFacets.watched]: watched,
    [rowFacets.project]: run.tags.some(({ key }) => key === projectTag),
    [rowFacets.sweep]: sweepState !== undefined,
    [rowFacets.resumable]: sweepState !== undefined && sweepState !== 'finished' && !deleted,
  });
  const parts = [
    sweepState === undefined ? undefined : vscode.l10n.t('sweep'),
    highlightText(run, highlight),
    run.startTime === undefined ? undefined : age(run.startTime),
    placeholder ? vscode.l10n.t('not in the selection') : undefined,
    watched ? vscode.l10n.t('watched') : undefined,
  ].filter((part) => part !== undefined);
  item.description = parts.join(' · ');
  item.accessibilityInformation = {
    label: [toOneLine(run.name), statusText(run), ...parts].join(', '),
  };
  return item;
}

function highlightText(run: Run, highlight: RunNode['highlight']): string | undefined {
  switch (highlight?.by) {
    case undefined:
      return undefined;
    case 'metric': {
      const metric = run.metrics.find(({ key }) => key === highlight.key);
      return metric && `${toOneLine(metric.key, 40)} ${formatShort(metric.value)}`;
    }
    case 'param':
    case 'tag': {
      const values = highlight.by === 'param' ? run.params : run.tags;
      const entry = values.find(({ key }) => key === highlight.key);
      return entry && `${toOneLine(entry.key, 40)} ${toOneLine(entry.value, 40)}`;
    }
  }
}

function drawGroup({ group, count }: GroupNode): vscode.TreeItem {
  const item = new vscode.TreeItem(groupLabel(group), count === 0 ? None : Collapsed);
  item.description = String(count);
  item.contextValue = rowKinds.group;
  item.iconPath = icon({ params: 'settings', metrics: 'graph-line', tags: 'tag' }[group]);
  return item;
}

function drawValue(kind: string, key: string, value: string): vscode.TreeItem {
  const item = new vscode.TreeItem(toOneLine(key), None);
  item.description = toOneLine(value);
  item.contextValue = kind;
  return item;
}

function drawModel({ model, production }: ModelNode): vscode.TreeItem {
  const item = new vscode.TreeItem(toOneLine(model.name), Collapsed);
  item.iconPath = production === '' ? icon('package') : icon('package', inProductionColor);
  item.contextValue = rowKinds.model;
  const aliases = model.aliases.map(({ alias }) => `@${toOneLine(alias, 40)}`).join(' ');
  const used = production === '' ? '' : vscode.l10n.t('in production: {0}', production);
  item.description = [aliases, used].filter((part) => part !== '').join(' · ');
  return item;
}

function drawVersion(node: VersionNode, connection: string | undefined): vscode.TreeItem {
  const { version, aliases, production } = node;
  const label = vscode.l10n.t('Version {0}', version.version);
  const item = new vscode.TreeItem(label, Collapsed);
  item.iconPath = versionIcon(version, aliases, production);
  item.command = onSelf(
    commands.openModelVersion,
    vscode.l10n.t('Open Model Version'),
    node,
    connection,
  );
  item.contextValue = contextValue(rowKinds.version, {
    [rowFacets.hasSourceRun]: version.runId !== undefined,
    [rowFacets.aliased]: aliases !== '',
  });
  const trouble = version.status === 'READY' ? '' : versionStatusText(version);
  item.description = [stageOf(version), aliases, trouble].filter((part) => part !== '').join(' ');
  return item;
}

const inProductionColor = 'testing.iconPassed';

function versionIcon(
  version: ModelVersion,
  aliases: string,
  production: boolean,
): vscode.ThemeIcon {
  switch (version.status) {
    case 'PENDING_REGISTRATION':
      return icon('clock');
    case 'FAILED_REGISTRATION':
      return icon('error', 'testing.iconFailed');
    case 'READY':
      if (production) {
        return icon('rocket', inProductionColor);
      }
      return icon(version.stage === 'Archived' ? 'archive' : aliases === '' ? 'versions' : 'tag');
  }
}

function drawLoadMore(node: LoadMoreNode, connection: string | undefined): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Load More…'), None);
  item.description = vscode.l10n.t('{0} loaded', formatFull(node.loaded));
  item.iconPath = icon('ellipsis');
  item.contextValue = rowKinds.loadMore;
  item.command = onSelf(commands.loadMore, vscode.l10n.t('Load More…'), node, connection);
  return item;
}

function drawError(node: ErrorNode, connection: string | undefined): vscode.TreeItem {
  const sentence = explainError(node.error);
  const whole =
    node.rowsFrom === undefined
      ? sentence
      : `${sentence} ${vscode.l10n.t('The rows shown are from {0}.', clock(node.rowsFrom))}`;
  const item = new vscode.TreeItem(whole, None);
  item.iconPath = icon('error', 'list.errorForeground');
  item.tooltip = whole;
  const signsIn = wantsSignIn(node.error) !== undefined;
  item.contextValue = contextValue(rowKinds.error, {
    [rowFacets.signIn]: signsIn,
    [rowFacets.ofConnection]: node.of.list === 'connection',
  });
  item.command = signsIn
    ? onSelf(commands.signIn, vscode.l10n.t('Sign In'), node, connection)
    : onSelf(commands.retry, vscode.l10n.t('Retry'), node, connection);
  const enter = signsIn
    ? vscode.l10n.t('Press Enter to sign in.')
    : vscode.l10n.t('Press Enter to retry.');
  item.accessibilityInformation = { label: `${whole} ${enter}` };
  return item;
}

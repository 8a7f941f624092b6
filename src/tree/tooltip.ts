import * as vscode from 'vscode';

import { dateText } from '../host/times';
import { statusText } from '../host/statusText';
import { versionStatusText } from '../host/versionStatusText';
import { baseName } from '../mlflow/artifactAddress';
import { artifactReference } from '../mlflow/artifactReference';
import { formatDuration, formatFull, formatSize } from '../mlflow/format';
import type { Experiment, LoggedModel, ModelVersion, RegisteredModel, Run } from '../mlflow/model';
import { isSystemTag, parentRunId, tagValue } from '../mlflow/runFacts';
import { escapeMarkdown, markdownTable } from '../mlflow/markdown';
import { withoutUserInfo } from '../mlflow/signIn';
import type { TreeNode } from './node';
import { stageOf } from './words';

const mostValues = 12;

/** What hovering over a row shows: a small table. Built only when somebody hovers. */
export function tooltipOf(node: TreeNode): vscode.MarkdownString | undefined {
  const text = markdownOf(node);
  if (text === undefined) {
    return undefined;
  }
  const markdown = new vscode.MarkdownString(text);
  markdown.isTrusted = false;
  markdown.supportHtml = false;
  return markdown;
}

function markdownOf(node: TreeNode): string | undefined {
  switch (node.kind) {
    case 'experiment':
      return ofExperiment(node.experiment);
    case 'run':
      return ofRun(node.run);
    case 'param':
      return valueText(node.param.key, node.param.value);
    case 'tag':
      return valueText(node.tag.key, node.tag.value);
    case 'metric':
      return markdownTable(node.metric.key, [
        [vscode.l10n.t('Value'), formatFull(node.metric.value)],
        [vscode.l10n.t('Step'), formatFull(node.metric.step)],
        [vscode.l10n.t('Logged'), dateText(node.metric.timestamp)],
      ]);
    case 'artifact':
      return markdownTable(baseName(node.artifact.path), [
        [vscode.l10n.t('Path'), node.artifact.path],
        [vscode.l10n.t('Size'), sizeInFull(node.artifact.size)],
        [vscode.l10n.t('URI'), artifactReference({ owner: node.owner, path: node.artifact.path })],
      ]);
    case 'loggedModel':
      return ofLoggedModel(node.model);
    case 'model':
      return ofModel(node.model);
    case 'version':
      return ofVersion(node.version, node.aliases);
    default:
      return undefined;
  }
}

function valueText(key: string, value: string): string {
  return `**${escapeMarkdown(key)}**\n\n${escapeMarkdown(value, 2000)}`;
}

function ofExperiment(experiment: Experiment): string {
  return markdownTable(experiment.name, [
    [vscode.l10n.t('Experiment ID'), experiment.id],
    [vscode.l10n.t('Created'), dateText(experiment.creationTime)],
    [vscode.l10n.t('Changed'), dateText(experiment.lastUpdateTime)],
    [vscode.l10n.t('Artifacts'), experiment.artifactLocation],
    [vscode.l10n.t('Description'), tagValue(experiment.tags, 'mlflow.note.content')],
    ...experiment.tags
      .filter(({ key }) => !isSystemTag(key))
      .slice(0, mostValues)
      .map(({ key, value }) => [key, value] as const),
  ]);
}

function ofRun(run: Run): string {
  const duration =
    run.startTime === undefined || run.endTime === undefined
      ? undefined
      : formatDuration(run.endTime - run.startTime);
  const facts = markdownTable(run.name, [
    [vscode.l10n.t('Status'), statusText(run)],
    [vscode.l10n.t('Started'), dateText(run.startTime)],
    [vscode.l10n.t('Ended'), dateText(run.endTime)],
    [vscode.l10n.t('Duration'), duration],
    [vscode.l10n.t('User'), run.userId],
    [vscode.l10n.t('Source'), withoutUserInfo(tagValue(run.tags, 'mlflow.source.name') ?? '')],
    [vscode.l10n.t('Datasets'), run.datasets.map(({ name }) => name).join(', ')],
    [vscode.l10n.t('Description'), tagValue(run.tags, 'mlflow.note.content')],
    [vscode.l10n.t('Parent run'), parentRunId(run)],
    [vscode.l10n.t('Run ID'), run.id],
  ]);
  const metrics = run.metrics.map(({ key, value }) => [key, formatFull(value)] as const);
  const params = run.params.map(({ key, value }) => [key, value] as const);
  return [
    facts,
    ...excerpt(vscode.l10n.t('Metrics'), metrics),
    ...excerpt(vscode.l10n.t('Parameters'), params),
  ].join('\n\n');
}

function excerpt(title: string, rows: readonly (readonly [string, string])[]): readonly string[] {
  if (rows.length === 0) {
    return [];
  }
  const rest = rows.length - mostValues;
  const table = markdownTable(title, rows.slice(0, mostValues));
  return rest > 0 ? [table, vscode.l10n.t('{0} more', rest)] : [table];
}

function sizeInFull(size: number | undefined): string | undefined {
  return size === undefined
    ? undefined
    : `${formatSize(size)} (${vscode.l10n.t('{0} bytes', formatFull(size))})`;
}

function ofLoggedModel(model: LoggedModel): string {
  const metrics = model.metrics.map(({ key, value }) => [key, formatFull(value)] as const);
  const params = model.params.map(({ key, value }) => [key, value] as const);
  return [
    markdownTable(model.name, [
      [vscode.l10n.t('Type'), model.modelType],
      [vscode.l10n.t('Created'), dateText(model.creationTime)],
      [vscode.l10n.t('Location'), withoutUserInfo(model.artifactUri)],
      [vscode.l10n.t('Model ID'), model.id],
    ]),
    ...excerpt(vscode.l10n.t('Metrics'), metrics),
    ...excerpt(vscode.l10n.t('Parameters'), params),
  ].join('\n\n');
}

function ofModel(model: RegisteredModel): string {
  return markdownTable(model.name, [
    [vscode.l10n.t('Created'), dateText(model.creationTime)],
    [vscode.l10n.t('Changed'), dateText(model.lastUpdatedTime)],
    [
      vscode.l10n.t('Aliases'),
      model.aliases.map(({ alias, version }) => `@${alias} → ${version}`).join(', '),
    ],
    [vscode.l10n.t('Description'), model.description],
    ...model.tags.slice(0, mostValues).map(({ key, value }) => [key, value] as const),
  ]);
}

function ofVersion(version: ModelVersion, aliases: string): string {
  return markdownTable(`${version.name} · ${vscode.l10n.t('Version {0}', version.version)}`, [
    [vscode.l10n.t('Stage'), stageOf(version)],
    [vscode.l10n.t('Aliases'), aliases],
    [vscode.l10n.t('Status'), versionStatusText(version)],
    [vscode.l10n.t('Created'), dateText(version.creationTime)],
    [vscode.l10n.t('Changed'), dateText(version.lastUpdatedTime)],
    [vscode.l10n.t('User'), version.userId],
    [vscode.l10n.t('Source'), version.source],
    [vscode.l10n.t('Run ID'), version.runId],
    [vscode.l10n.t('Description'), version.description],
    ...version.tags.slice(0, mostValues).map(({ key, value }) => [key, value] as const),
  ]);
}

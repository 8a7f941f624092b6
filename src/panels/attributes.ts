import * as vscode from 'vscode';

import { statusText } from '../host/statusText';
import { dateText } from '../host/times';
import { formatDuration } from '../mlflow/format';
import type { Run } from '../mlflow/model';
import { tagValue } from '../mlflow/runFacts';
import type { KeyedText } from '../protocol/comparePage';
import { sourceOf } from './present/namedSource';

/** What a server knows of a run beside what was logged, labelled in the language of the editor. */
export function attributesOf(run: Run, experimentName: string): readonly KeyedText[] {
  const tag = (key: string): string | undefined => tagValue(run.tags, key);
  const { name: source, commit, branch } = sourceOf(run);
  const attributes: readonly (readonly [
    label: string,
    text: string | undefined,
    full?: string | undefined,
  ])[] = [
    [vscode.l10n.t('Run ID'), run.id],
    [vscode.l10n.t('Experiment'), experimentName],
    [vscode.l10n.t('Status'), statusText(run)],
    [vscode.l10n.t('User'), run.userId],
    [vscode.l10n.t('Started'), dateText(run.startTime)],
    [vscode.l10n.t('Ended'), dateText(run.endTime)],
    [vscode.l10n.t('Duration'), durationText(run)],
    [vscode.l10n.t('Source'), source],
    [vscode.l10n.t('Entry point'), tag('mlflow.project.entryPoint')],
    [vscode.l10n.t('Git commit'), commit.slice(0, 10), commit],
    [vscode.l10n.t('Git branch'), branch],
    [vscode.l10n.t('Parent run'), tag('mlflow.parentRunId')],
    [vscode.l10n.t('Datasets'), datasetsText(run)],
    [vscode.l10n.t('Artifacts'), run.artifactUri],
  ];
  return attributes.flatMap(([key, text, full]) =>
    text === undefined || text === ''
      ? []
      : { key, text, ...(full !== undefined && full !== text && { full }) },
  );
}

function durationText({ startTime, endTime }: Run): string | undefined {
  return startTime === undefined || endTime === undefined
    ? undefined
    : formatDuration(endTime - startTime);
}

function datasetsText({ datasets }: Run): string {
  return datasets.map(({ name, digest }) => `${name} (${digest})`).join(', ');
}

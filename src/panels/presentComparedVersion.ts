import * as vscode from 'vscode';

import { productionAlias } from '../host/promotionSettings';
import { dateText, shortDateText } from '../host/times';
import { versionStatusText } from '../host/versionStatusText';
import { formatSize, toOneLine } from '../mlflow/format';
import type { KeyPlaces } from '../mlflow/keyPlaces';
import type { MlModel } from '../mlflow/mlModel';
import type { ComparedRun, KeyedText } from '../protocol/comparePage';
import type { ComparedSignature, ComparedVersion } from '../protocol/versionsPage';
import type { Reading } from '../state/runSurroundings';
import type { VersionEntry } from '../state/versionEntry';
import { presentRun } from './present/comparedRun';
import { versionUri } from './present/versionCode';
import { signatureFields } from './signatureFields';

export interface PresentedComparedVersion {
  readonly entry: VersionEntry;
  /** What its `MLmodel` says. */
  readonly model: Reading<MlModel>;
  /** Whether the page shows versions of one model only, so that numbers are enough. */
  readonly isOneModel: boolean;
  /** Whether all are on one server, so that its name need not be said. */
  readonly isOneServer: boolean;
  /** What it is connected through. */
  readonly connection: string;
  readonly metricKeys: KeyPlaces;
  readonly colorOf: (runId: string) => number;
  readonly explain: (error: unknown) => string;
}

const longestName = 60;

/** A version as the page takes it that compares versions. */
export function presentComparedVersion(presented: PresentedComparedVersion): ComparedVersion {
  const { entry, model, explain } = presented;
  const { key, place, standing, version } = entry;
  const name = nameOf(presented);
  return {
    ...{ key, model: place.name, version: place.version, name },
    uri: versionUri(place),
    isInProduction:
      version?.stage === 'Production' || version?.aliases.includes(productionAlias()) === true,
    standing: standing.kind,
    problem: standing.kind === 'failed' ? explain(standing.error) : undefined,
    attributes: attributesOf(presented),
    tags: (version?.tags ?? []).map(({ key: tag, value }) => ({ key: tag, text: value })),
    run: runOf(presented, name),
    signature: signatureOf(model, explain),
  };
}

function nameOf({ entry, isOneModel, isOneServer, connection }: PresentedComparedVersion): string {
  const { name, version } = entry.place;
  const number = `v${version}`;
  const ofModel = isOneModel ? number : `${toOneLine(name, longestName)} ${number}`;
  return isOneServer ? ofModel : `${ofModel} · ${toOneLine(connection, longestName)}`;
}

function runOf(
  { entry, connection, metricKeys, colorOf, explain }: PresentedComparedVersion,
  name: string,
): ComparedRun {
  const { key, version, run: reading } = entry;
  const source = reading.kind === 'ready' ? reading.value : undefined;
  const runId = source?.run.id ?? version?.runId ?? '';
  const frame = {
    ...{ key, runId, connection },
    experimentName: source?.experimentName ?? '',
    standing: standingOf(entry),
    problem: reading.kind === 'failed' ? explain(reading.error) : undefined,
    color: colorOf(runId),
  };
  return { ...presentRun(frame, source?.run, [], metricKeys), name };
}

function standingOf({ standing, run }: VersionEntry): ComparedRun['standing'] {
  if (run.kind === 'ready') {
    return run.value === undefined ? 'gone' : 'ready';
  }
  const isEnded = standing.kind === 'failed' || standing.kind === 'gone';
  return run.kind === 'loading' && isEnded ? standing.kind : run.kind;
}

function signatureOf(
  model: Reading<MlModel>,
  explain: (error: unknown) => string,
): ComparedSignature {
  if (model.kind === 'loading') {
    return { standing: 'loading', problem: undefined, fields: [] };
  }
  if (model.kind === 'failed') {
    return { standing: 'failed', problem: explain(model.error), fields: [] };
  }
  const { signature, brokenSignature } = model.value;
  return brokenSignature === undefined
    ? { standing: 'ready', problem: undefined, fields: signatureFields(signature) }
    : {
        standing: 'failed',
        problem: vscode.l10n.t(
          'The signature cannot be read: its part {0} is not what MLflow writes. Open the text of the file to look at it.',
          brokenSignature,
        ),
        fields: [],
      };
}

type Attribute = readonly [label: string, text: string | undefined, full?: string | undefined];

function attributesOf({
  entry: { place, version, run, logged },
  model,
  connection,
}: PresentedComparedVersion): readonly KeyedText[] {
  if (version === undefined) {
    return [];
  }
  const source = run.kind === 'ready' ? run.value : undefined;
  const file = model.kind === 'ready' ? model.value : undefined;
  const attributes: readonly Attribute[] = [
    [vscode.l10n.t('Server'), connection],
    [vscode.l10n.t('Model'), place.name],
    [vscode.l10n.t('Stage'), version.stage],
    [vscode.l10n.t('Aliases'), version.aliases.map((alias) => `@${alias}`).join(' ')],
    [vscode.l10n.t('Status'), versionStatusText(version)],
    [vscode.l10n.t('User'), version.userId],
    timeOf(vscode.l10n.t('Registered'), version.creationTime),
    timeOf(vscode.l10n.t('Last changed'), version.lastUpdatedTime),
    [vscode.l10n.t('Source run'), source?.run.name ?? version.runId],
    [vscode.l10n.t('Experiment'), source?.experimentName],
    [vscode.l10n.t('Logged model'), nameOfLogged(logged) ?? version.modelId],
    [vscode.l10n.t('Files'), version.source],
    [vscode.l10n.t('Flavors'), file?.flavors.map(({ name }) => name).join(', ')],
    ['MLflow', file?.mlflowVersion],
    ['Python', file?.environment.pythonVersion],
    [vscode.l10n.t('Size'), formatSize(file?.size)],
    [vscode.l10n.t('Description'), version.description],
  ];
  return attributes.flatMap(([key, text, full]) =>
    text === undefined || text === '' ? [] : [{ key, text, ...(full !== undefined && { full }) }],
  );
}

function timeOf(label: string, time: number | undefined): Attribute {
  return [label, shortDateText(time), dateText(time)];
}

function nameOfLogged(logged: VersionEntry['logged']): string | undefined {
  return logged.kind === 'ready' ? logged.value?.name : undefined;
}

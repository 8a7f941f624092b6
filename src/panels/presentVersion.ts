import * as vscode from 'vscode';

import { productionAlias } from '../host/promotionSettings';
import { versionStatusText } from '../host/versionStatusText';
import { formatSize } from '../mlflow/format';
import { loaderOf, type MlModel } from '../mlflow/mlModel';
import type { ModelVersion } from '../mlflow/model';
import { inProduction } from '../mlflow/registry/production';
import type { ModelSummary } from '../protocol/modelSummaryPage';
import type { VersionFacts, VersionView } from '../protocol/versionPage';
import type { Reading } from '../state/runSurroundings';
import type { VersionEntry } from '../state/versionEntry';
import { toPart } from './part';
import { presentModel } from './present/modelSummary';
import { versionCode } from './present/versionCode';
import type { RunLinks } from './runLinks';

export interface PresentedVersion {
  readonly entry: VersionEntry;
  /** What its `MLmodel` says. */
  readonly model: Reading<MlModel>;
  readonly links: RunLinks;
  readonly explain: (error: unknown) => string;
}

/** A version as its page takes it. */
export function presentVersion({ entry, model, links, explain }: PresentedVersion): VersionView {
  const { place, version, standing, readAt } = entry;
  const { name, version: number } = place;
  return {
    ...{ name, version: number, readAt },
    standing: standing.kind,
    problem: standing.kind === 'failed' ? explain(standing.error) : undefined,
    facts: version && factsOf(version),
    production: toPart(entry.model, explain, (model) => inProduction(model, productionAlias())),
    run: toPart(entry.run, explain, (source) =>
      source === undefined
        ? undefined
        : {
            link: links.toRun(source.run),
            runId: source.run.id,
            experimentName: source.experimentName,
            startTime: source.run.startTime,
            isDeleted: source.run.lifecycleStage === 'deleted',
          },
    ),
    logged: toPart(entry.logged, explain, (logged) => logged && links.toLogged(logged)),
    model: toPart(model, explain, (read) => summaryOf(read, entry)),
    code: codeOf(entry, model),
  };
}

function factsOf(version: ModelVersion): VersionFacts {
  const { stage, aliases, description, creationTime, lastUpdatedTime, tags } = version;
  return {
    status: statuses[version.status],
    statusText: versionStatusText(version),
    ...{ stage, aliases, description, creationTime, lastUpdatedTime },
    user: version.userId,
    source: version.source,
    tags: tags.map(({ key, value }) => ({ key, text: value })),
  };
}

const statuses: Readonly<Record<ModelVersion['status'], VersionFacts['status']>> = {
  READY: 'ready',
  PENDING_REGISTRATION: 'pending',
  FAILED_REGISTRATION: 'failed',
};

function codeOf({ place, version }: VersionEntry, model: Reading<MlModel>): VersionView['code'] {
  const { stage = '', aliases = [], modelId } = version ?? {};
  const loader = model.kind === 'ready' ? loaderOf(model.value) : undefined;
  return versionCode({ ...place, stage, aliases, modelId }, loader ?? 'pyfunc');
}

function summaryOf(model: MlModel, { place: { name, version } }: VersionEntry): ModelSummary {
  const place = { owner: { kind: 'version', name, version }, path: 'MLmodel' } as const;
  return presentModel(model, place, {
    facts: modelFacts(model),
    signatureProblem:
      model.brokenSignature === undefined
        ? undefined
        : vscode.l10n.t(
            'The signature cannot be read: its part {0} is not what MLflow writes. Open the text of the file to look at it.',
            model.brokenSignature,
          ),
  });
}

function modelFacts({ mlflowVersion, environment, size }: MlModel): ModelSummary['facts'] {
  const exactly = size?.toLocaleString(vscode.env.language);
  const facts: readonly (readonly [key: string, text: string | undefined, full?: string])[] = [
    ['MLflow', mlflowVersion],
    ['Python', environment.pythonVersion],
    [
      vscode.l10n.t('Size'),
      formatSize(size),
      exactly === undefined ? undefined : vscode.l10n.t('{0} bytes', exactly),
    ] as readonly [string, string, string],
  ];
  return facts.flatMap(([key, text, full]) =>
    text === undefined || text === '' ? [] : [{ key, text, full }],
  );
}

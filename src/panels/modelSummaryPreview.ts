import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import type { ArtifactPlace } from '../mlflow/model';
import type { MlModel } from '../mlflow/mlModel';
import { formatSize } from '../mlflow/format';
import type { ModelSummary, ModelSummaryPage } from '../protocol/modelSummaryPage';
import { insertCode } from './insertCode';
import { Page } from './page';
import { PageTroubles } from './pageTroubles';
import { presentModel } from './present/modelSummary';
import { PreviewSource } from './previewSource';
import type { PreviewOptions } from './previews';
import { readModel } from './readModel';
import { copyText } from './saveFile';

/** A signature of thousands of columns is a megabyte. */
const mostModelFile = 4 * 1024 * 1024;
const mostExample = 256 * 1024;

/** An MLmodel file as a summary. */
export function modelSummaryPreview({ host, panel, address }: PreviewOptions): Disposable {
  const troubles = new PageTroubles(host, 'model summary');
  const source = new PreviewSource(host, address);
  let model: MlModel | undefined;
  const read = async (signal: AbortSignal): Promise<ModelSummary> => {
    model = await readModel(await source.read(signal, mostModelFile));
    return summaryOf(model, address.place);
  };
  return new Page<ModelSummaryPage>(panel, {
    name: 'modelSummary',
    extensionUri: host.extensionUri,
    handlers: {
      requests: {
        init: () =>
          Promise.resolve({
            texts: vscode.l10n.bundle,
            locale: vscode.env.language,
            restore: { version: 1 },
            ownerName: address.ownerName,
            path: address.place.path,
          }),
        summary: (_, signal) => read(signal),
        example: async (_, signal) => {
          const bytes = await source.readBeside(model?.example?.path ?? '', signal, mostExample);
          return new TextDecoder().decode(bytes);
        },
        openFile: (path) => source.openBeside(path),
        openText: () => source.openText(),
        copy: copyText,
        insert: insertCode,
      },
      notices: { failure: (text) => troubles.note(text) },
    },
    encodeError: (error) => troubles.failure(error),
    onVisible: () => undefined,
  });
}

function summaryOf(model: MlModel, place: ArtifactPlace): ModelSummary {
  const facts = [
    { key: vscode.l10n.t('Model ID'), text: model.modelId },
    { key: vscode.l10n.t('Run ID'), text: model.runId },
    { key: vscode.l10n.t('Logged to'), text: model.artifactPath },
    { key: 'MLflow', text: model.mlflowVersion },
    { key: 'Python', text: model.environment.pythonVersion },
    {
      key: vscode.l10n.t('Size'),
      text: formatSize(model.size),
      full: model.size?.toLocaleString(vscode.env.language),
    },
    { key: vscode.l10n.t('Created'), text: createdText(model.created), full: model.created },
  ];
  return presentModel(model, place, {
    facts: facts.flatMap((fact) =>
      fact.text === undefined || fact.text === '' ? [] : [{ ...fact, text: fact.text }],
    ),
    signatureProblem:
      model.brokenSignature === undefined
        ? undefined
        : vscode.l10n.t(
            'The signature cannot be read: its part {0} is not what MLflow writes. Open the text of the file to look at it.',
            model.brokenSignature,
          ),
  });
}

/** MLflow writes UTC without saying so. */
function createdText(created: string | undefined): string | undefined {
  const time = created === undefined ? NaN : Date.parse(`${created.replace(' ', 'T')}Z`);
  return Number.isNaN(time) ? created : new Date(time).toLocaleString(vscode.env.language);
}

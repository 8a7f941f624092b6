import type { JourneyMlflow } from './journeyMlflow';

const day = 24 * 3_600_000;
const two = (index: number): string => String(index).padStart(2, '0');

/** Ids of what the journeys go to. */
export interface Landmarks {
  readonly lab: string;
  readonly many: string;
  readonly live: string;
  readonly first: string;
}

/** Logs experiments, families of runs, a run in progress and a registered model. */
export async function fillForJourneys(mlflow: JourneyMlflow): Promise<Landmarks> {
  const many = await mlflow.createExperiment('many');
  const now = Date.now();
  const log = async (index: number): Promise<string> =>
    mlflow.logRun({
      experimentId: many,
      name: `many-${two(index)}`,
      status: 'FINISHED',
      startTime: now - day + index * 1000,
    });
  const first = await log(0);
  for (let index = 1; index < 25; index++) await log(index);
  await fillFamilies(mlflow);
  const lab = await mlflow.createExperiment('lab');
  await mlflow.logRun({
    experimentId: lab,
    name: 'ancient',
    status: 'FAILED',
    startTime: now - 90 * day,
    metrics: { rmse: 7 },
  });
  for (let index = 0; index < 5; index++)
    await mlflow.logRun({
      experimentId: lab,
      name: `lab-${two(index)}`,
      status: 'FINISHED',
      startTime: now - 60_000 + index * 1000,
      metrics: { rmse: (5 - index) / 10, 'anomaly cnt': index },
      params: { optimizer: index % 2 === 0 ? 'adam' : 'sgd' },
    });
  const gone = await mlflow.logRun({ experimentId: lab, name: 'gone', status: 'FINISHED' });
  await mlflow.call('runs/delete', { run_id: gone });
  const live = await mlflow.logRun({ experimentId: lab, name: 'live', metrics: { rmse: 9 } });
  await fillRegistry(mlflow, many, first);
  return { lab, many, live, first };
}

async function fillFamilies(mlflow: JourneyMlflow): Promise<void> {
  const experimentId = await mlflow.createExperiment('families');
  const log = (name: string, parentId?: string): Promise<string> =>
    mlflow.logRun({
      experimentId,
      name,
      status: 'FINISHED',
      ...(parentId === undefined ? {} : { parentId }),
    });
  const search = await log('search');
  for (const trial of ['trial-0', 'trial-1']) {
    const id = await log(trial, search);
    for (const fold of ['fold-a', 'fold-b']) await log(`${trial}/${fold}`, id);
  }
}

async function fillRegistry(
  mlflow: JourneyMlflow,
  experimentId: string,
  runId: string,
): Promise<void> {
  const name = 'CarSeat';
  await mlflow.call('registered-models/create', { name });
  for (const [index, stage] of ['None', 'Staging', 'Production', 'Archived'].entries()) {
    const source = `mlflow-artifacts:/${experimentId}/${runId}/artifacts/model`;
    const version = String(index + 1);
    await mlflow.call('model-versions/create', { name, source, run_id: runId });
    if (stage !== 'None')
      await mlflow.call('model-versions/transition-stage', {
        name,
        version,
        stage,
        archive_existing_versions: false,
      });
  }
  await mlflow.call('registered-models/alias', { name, alias: 'champion', version: '3' });
}

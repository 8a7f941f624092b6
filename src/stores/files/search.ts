import type {
  Experiment,
  LoggedModel,
  ModelVersion,
  RegisteredModel,
  Run,
} from '../../mlflow/model';
import { needsServer } from '../local/refusals';
import { compareText } from '../local/compareText';

/** What is to be found, in which order. */
export interface Search<Row> {
  /** Whether only what `meta.yaml` says of a row is asked about. */
  readonly isOfFacts: boolean;
  matches(row: Row): boolean;
  compare(a: Row, b: Row): number;
}

interface Asked {
  readonly filter?: string | undefined;
  readonly orderBy?: readonly string[] | undefined;
}

export function searchOfRuns(asked: Asked): Search<Run> {
  return plainSearch(
    asked,
    (a, b) => (b.startTime ?? 0) - (a.startTime ?? 0) || compareText(a.id, b.id),
  );
}

export function searchOfExperiments(asked: Asked): Search<Experiment> {
  return plainSearch(
    asked,
    (a, b) =>
      (b.creationTime ?? -Infinity) - (a.creationTime ?? -Infinity) || compareText(a.id, b.id),
  );
}

export function searchOfModels(asked: Asked): Search<RegisteredModel> {
  return plainSearch(asked, (a, b) => compareText(a.name, b.name));
}

export function searchOfVersions(asked: Asked): Search<ModelVersion> {
  return plainSearch(
    asked,
    (a, b) =>
      (b.lastUpdatedTime ?? 0) - (a.lastUpdatedTime ?? 0) ||
      compareText(a.name, b.name) ||
      Number(b.version) - Number(a.version),
  );
}

export function searchOfLoggedModels(asked: Asked): Search<LoggedModel> {
  return plainSearch(
    asked,
    (a, b) => (b.creationTime ?? 0) - (a.creationTime ?? 0) || compareText(a.id, b.id),
  );
}

function plainSearch<Row>(
  { filter = '', orderBy = [] }: Asked,
  compare: (a: Row, b: Row) => number,
): Search<Row> {
  if (filter.trim() !== '' || orderBy.length > 0) {
    throw needsServer('this search is done by an MLflow server');
  }
  return { isOfFacts: true, matches: () => true, compare };
}

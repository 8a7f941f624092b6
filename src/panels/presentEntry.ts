import type { ComparedRun } from '../protocol/comparePage';
import type { ComparedEntry } from '../state/comparedRuns';
import { attributesOf } from './attributes';
import type { PanelsHost } from './panelsHost';
import { presentRun } from './present/comparedRun';
import type { KeyPlaces } from '../mlflow/keyPlaces';

/** A run as pages take it, with its color and how far it is known. */
export function presentEntry(
  host: PanelsHost,
  entry: ComparedEntry,
  metricKeys: KeyPlaces,
): ComparedRun {
  const { key, place, standing, run } = entry;
  const experimentName = entry.experimentName ?? place.experimentId;
  const frame = {
    key,
    runId: place.runId,
    experimentName,
    connection: host.sessions.get(place.connection)?.name ?? place.connection,
    standing: standing.kind,
    problem: standing.kind === 'failed' ? host.explain(standing.error) : undefined,
    color: host.colors.of(place.runId),
  };
  const attributes = run === undefined ? [] : attributesOf(run, experimentName);
  return presentRun(frame, run, attributes, metricKeys);
}

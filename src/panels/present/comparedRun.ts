import type { Run } from '../../mlflow/model';
import type { KeyPlaces } from '../../mlflow/keyPlaces';
import { isSystemTag } from '../../mlflow/runFacts';
import type { ComparedRun, KeyedText, LatestMetrics } from '../../protocol/comparePage';

/** What is said of a run beside what its server knows. */
export interface RunFrame {
  readonly key: string;
  readonly runId: string;
  readonly experimentName: string;
  readonly connection: string;
  readonly standing: ComparedRun['standing'];
  /** A sentence. */
  readonly problem: string | undefined;
  readonly color: number;
}

/** Longer texts are cut: five hundred runs of them have to fit into a page. */
const longestText = 20_000;

/** A run as the page takes it; one that nothing is known of has its id for its name. */
export function presentRun(
  frame: RunFrame,
  run: Run | undefined,
  attributes: readonly KeyedText[],
  metricKeys: KeyPlaces,
): ComparedRun {
  return {
    ...frame,
    name: run?.name ?? frame.runId,
    status: run?.status ?? 'FINISHED',
    deleted: run?.lifecycleStage === 'deleted',
    startTime: run?.startTime,
    params: (run?.params ?? []).map(toText),
    tags: ownFirst(run?.tags ?? []).map(toText),
    attributes,
    metrics: toColumns(run?.metrics ?? [], metricKeys),
  };
}

function toText({ key, value }: { readonly key: string; readonly value: string }): KeyedText {
  return { key, text: value.length > longestText ? `${value.slice(0, longestText)}…` : value };
}

/** What people wrote before what MLflow did. */
function ownFirst(tags: Run['tags']): Run['tags'] {
  return [
    ...tags.filter(({ key }) => !isSystemTag(key)),
    ...tags.filter(({ key }) => isSystemTag(key)),
  ];
}

function toColumns(points: Run['metrics'], metricKeys: KeyPlaces): LatestMetrics {
  const { length } = points;
  const columns = {
    keys: new Uint32Array(length),
    values: new Float64Array(length),
    steps: new Float64Array(length),
    timestamps: new Float64Array(length),
  };
  points.forEach(({ key, value, step, timestamp }, index) => {
    columns.keys[index] = metricKeys.place(key);
    columns.values[index] = value;
    columns.steps[index] = Number(step);
    columns.timestamps[index] = timestamp;
  });
  return columns;
}

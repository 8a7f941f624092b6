import { formatShort, toOneLine } from '../mlflow/format';
import type { Experiment, Run, RunStatus } from '../mlflow/model';
import { primaryMetric } from '../mlflow/runFacts';
import type { RunOrder } from '../mlflow/runOrder';

/** A run that was found to have ended, and what is known of its experiment. */
export interface FoundEnd {
  readonly run: Run;
  readonly experiment: Experiment | undefined;
  /** How the runs of its experiment are sorted. */
  readonly order: RunOrder;
}

export type EndStatus = Exclude<RunStatus, 'RUNNING' | 'SCHEDULED'>;

/** The end of a run, ready to be put into words. All texts are one line, and short. */
export interface RunEnd {
  /** Id of the session. */
  readonly connection: string;
  readonly runId: string;
  readonly name: string;
  readonly status: EndStatus;
  /** Milliseconds; absent where the run's clock does not tell. */
  readonly took: number | undefined;
  /** What its experiment judges by, as in `rmse 0.742`; absent where nobody said by what, or it was not logged. */
  readonly metric: string | undefined;
}

const longestName = 60;
const longestKey = 40;

/** Tells the end of each run once, all that one refresh found together. */
export class RunEnds {
  private readonly told = new Set<string>();

  /** The ends among `found` that nobody was told of yet. */
  news(connection: string, found: readonly FoundEnd[]): readonly RunEnd[] {
    const ends: RunEnd[] = [];
    for (const each of found) {
      const key = `${connection}|${each.run.id}`;
      const { status } = each.run;
      if (status !== 'RUNNING' && status !== 'SCHEDULED' && !this.told.has(key)) {
        this.told.add(key);
        ends.push(endOf(connection, each, status));
      }
    }
    return ends;
  }
}

/** A failure among them is worth a warning, not an error: nothing of the editor's went wrong. */
export function severityOf(ends: readonly RunEnd[]): 'information' | 'warning' {
  return ends.some(({ status }) => status === 'FAILED') ? 'warning' : 'information';
}

/** How many ended in which way, failures last; without ways in which none did. */
export function countByStatus(ends: readonly RunEnd[]): readonly (readonly [EndStatus, number])[] {
  const statuses: readonly EndStatus[] = ['FINISHED', 'KILLED', 'FAILED'];
  return statuses
    .map((status) => [status, ends.filter((end) => end.status === status).length] as const)
    .filter(([, count]) => count > 0);
}

function endOf(
  connection: string,
  { run, experiment, order }: FoundEnd,
  status: EndStatus,
): RunEnd {
  const { startTime, endTime } = run;
  const took = startTime === undefined || endTime === undefined ? -1 : endTime - startTime;
  const key = order.by === 'metric' ? order.key : experiment && primaryMetric(experiment);
  const metric = run.metrics.find((point) => point.key === key);
  return {
    connection,
    runId: run.id,
    name: toOneLine(run.name, longestName) || run.id,
    status,
    took: took < 0 ? undefined : took,
    metric: metric && `${toOneLine(metric.key, longestKey)} ${formatShort(metric.value)}`,
  };
}

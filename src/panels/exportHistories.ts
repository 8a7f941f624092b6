import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import { historyCsv, type HistoryPart } from '../mlflow/series/historyCsv';
import type { SaveOutcome } from '../protocol/comparePage';
import type { ComparedEntry } from '../state/comparedRuns';
import { mostPoints } from '../state/seriesReader';
import { Comparison } from '../state/comparison';
import type { Sessions } from '../state/sessions';
import { exportFile } from './exportFile';
import type { TargetFile } from './targetFile';

/** A series to write. */
interface Wanted {
  readonly key: string;
  readonly run: string;
  readonly runId: string;
  readonly metric: string;
}

/** Series that are read ahead of the one that is being written. */
const readAhead = 2;

/** Asks where to, and writes the whole histories of these metrics as CSV, run after run. */
export function exportHistories(
  sessions: Sessions,
  entries: readonly ComparedEntry[],
  metrics: readonly string[],
): Promise<SaveOutcome> {
  return exportFile({
    suggested: `${vscode.l10n.t('histories')}.csv`,
    title: vscode.l10n.t('Exporting histories'),
    write: async (file, progress, signal) => {
      const wanted = wantedOf(entries, metrics);
      const places = entries.map(({ place }) => place);
      const comparison = new Comparison({ sessions, places, refreshInterval: () => 0 });
      try {
        await write(file, parts(comparison, wanted, signal), (done) => {
          progress.report({
            increment: 100 / wanted.length,
            message: vscode.l10n.t('{0} of {1} series', done, wanted.length),
          });
        });
      } finally {
        comparison.dispose();
      }
    },
  });
}

/** The metrics of each run, as far as it is known which it has. */
function wantedOf(
  entries: readonly ComparedEntry[],
  metrics: readonly string[],
): readonly Wanted[] {
  return entries.flatMap(({ key, place: { runId }, run }) => {
    const has = run && new Set(run.metrics.map((metric) => metric.key));
    return metrics
      .filter((metric) => has?.has(metric) !== false)
      .map((metric) => ({ key, run: run?.name ?? runId, runId, metric }));
  });
}

/** The series in their order, some of them read ahead. */
async function* parts(
  comparison: Comparison,
  wanted: readonly Wanted[],
  signal: AbortSignal,
): AsyncGenerator<HistoryPart> {
  const ahead: Promise<HistoryPart>[] = [];
  let next = 0;
  const readOn = (): void => {
    const one = wanted[next++];
    if (one !== undefined) {
      const reading = comparison
        .series(one.key, one.metric, { whole: true }, signal)
        .then((series) => {
          if (!series.complete) {
            throw tooLong(one);
          }
          return { run: one.run, runId: one.runId, metric: one.metric, series };
        });
      reading.catch(() => undefined);
      ahead.push(reading);
    }
  };
  for (let index = 0; index < readAhead; index++) {
    readOn();
  }
  for (let part = ahead.shift(); part !== undefined; part = ahead.shift()) {
    yield await part;
    readOn();
  }
}

function tooLong({ run, metric }: Wanted): SaidError {
  return new SaidError(
    vscode.l10n.t(
      '{0} of {1} has more than {2} points, which is too much to export.',
      metric,
      run,
      mostPoints.toLocaleString(vscode.env.language),
    ),
  );
}

/** Writes piece by piece: waiting for each lets others have their turn. */
async function write(
  file: TargetFile,
  all: AsyncIterable<HistoryPart>,
  onWritten: (done: number) => void,
): Promise<void> {
  let done = 0;
  for await (const part of all) {
    let isHead = true;
    for (const piece of historyCsv([part])) {
      const withoutHead = piece.slice(piece.indexOf('\n') + 1);
      await file.write(isHead && done > 0 ? withoutHead : piece);
      isHead = false;
    }
    onWritten(++done);
  }
}

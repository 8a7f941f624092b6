import * as vscode from 'vscode';

import { RunsCsv } from '../mlflow/runsCsv';
import type { SaveOutcome } from '../protocol/comparePage';
import { runPages } from '../state/runPages';
import { SessionStore } from '../state/sessionStore';
import type { Sessions } from '../state/sessions';
import { scopesOf, searchesOf, type TableQuery } from '../state/tableQuery';
import { exportFile } from './exportFile';
import type { TablePlace } from './tableExperiments';
import { openScratch, type ScratchFile, type TargetFile } from './targetFile';

/** What is read and what was. */
interface Export {
  readonly sessions: Sessions;
  readonly places: readonly TablePlace[];
  readonly query: TableQuery;
  readonly signal: AbortSignal;
  readonly report: (message: string) => void;
}

/** In characters; writing waits, so that others have their turn. */
const piece = 100_000;

/** Asks where to, and writes all runs that a query finds as CSV. */
export function exportRuns(
  sessions: Sessions,
  places: readonly TablePlace[],
  query: TableQuery,
): Promise<SaveOutcome> {
  const [only] = places;
  const name = places.length === 1 && only !== undefined ? only.name : vscode.l10n.t('runs');
  return exportFile({
    suggested: `${name}.csv`,
    title: vscode.l10n.t('Exporting runs'),
    write: async (file, progress, signal) => {
      const report = (message: string): void => progress.report({ message });
      const wanted: Export = { sessions, places, query, signal, report };
      const scratch = await openScratch();
      try {
        const csv = new RunsCsv(await infinityOf(wanted));
        const count = await spoolAll(csv, scratch, wanted);
        await writeAll(csv, scratch, file, count, wanted);
      } finally {
        await scratch.discard();
      }
    },
  });
}

/** How the stores spell what is infinite; SQL databases cannot hold it. */
async function infinityOf({ sessions, places, signal }: Export): Promise<'inf' | 'greatest'> {
  const ids = [...new Set(places.map(({ connection }) => connection))];
  const infos = await Promise.all(
    ids.map((id) =>
      new SessionStore(sessions, id).ask((store) => store.serverInfo(signal), signal),
    ),
  );
  return infos.every(({ storeType }) => storeType === 'FileStore') ? 'inf' : 'greatest';
}

/** Resolves to how many runs there are. */
async function spoolAll(csv: RunsCsv, scratch: ScratchFile, wanted: Export): Promise<number> {
  const { sessions, places, query, signal, report } = wanted;
  let count = 0;
  for (const scope of scopesOf(places)) {
    const store = new SessionStore(sessions, scope.connection);
    const seen = new Set<string>();
    for (const search of searchesOf(query, scope)) {
      for await (const runs of runPages({ store, search, signal })) {
        const fresh = runs.filter(({ id }) => !seen.has(id));
        fresh.forEach(({ id }) => seen.add(id));
        await inTurns(fresh, (run) => `${csv.spool(run)}\n`, scratch);
        count += fresh.length;
        report(vscode.l10n.t('{0} runs read', count));
      }
    }
  }
  return count;
}

async function writeAll(
  csv: RunsCsv,
  scratch: ScratchFile,
  file: TargetFile,
  count: number,
  { signal, report }: Export,
): Promise<void> {
  let text = csv.head();
  let done = 0;
  for await (const line of scratch.lines()) {
    text += csv.line(line);
    done++;
    if (text.length > piece) {
      signal.throwIfAborted();
      await file.write(text);
      text = '';
      report(vscode.l10n.t('{0} of {1} runs written', done, count));
    }
  }
  await file.write(text);
}

/** Writes the lines of some runs, piece by piece. */
async function inTurns<T>(
  items: readonly T[],
  lineOf: (item: T) => string,
  file: { readonly write: (text: string) => Promise<void> },
): Promise<void> {
  let text = '';
  for (const item of items) {
    text += lineOf(item);
    if (text.length > piece) {
      await file.write(text);
      text = '';
    }
  }
  await file.write(text);
}

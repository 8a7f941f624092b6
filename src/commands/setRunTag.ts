import * as vscode from 'vscode';

import { whyNotTagValue } from '../host/tagTexts';
import { isSystemTag, tagValue } from '../mlflow/runFacts';
import type { RunThing } from '../mlflow/thing';
import { askTagKey } from './askTagKey';
import { askUntilTaken } from './askUntilTaken';
import { withBulkProgress } from './bulkProgress';
import { chosenRuns, writesOf, type Chosen } from './chosenThings';
import type { CommandContext, CommandHandler } from './commandContext';
import { keysOf } from './keysOf';
import { runOf } from './runOf';
import { tellOutcome, whatOf, type OutcomeTexts } from './tellOutcome';

const tagged: OutcomeTexts = {
  all: (what) => vscode.l10n.t('Set the tag on {0}.', what),
  some: (done, what, failed, why) =>
    vscode.l10n.t('Set the tag on {0} of {1}; on {2} it was not set: {3}', done, what, failed, why),
  none: (what, why) => vscode.l10n.t('Could not set the tag on {0}: {1}', what, why),
  stopped: (done, what) => vscode.l10n.t('Set the tag on {0} of {1}, then stopped.', done, what),
};

/** Sets one tag on one run or on many. */
export const setRunTag: CommandHandler = async (context, targets) => {
  const all = await chosenRuns(context, targets);
  const key = await askTagKey(vscode.l10n.t('Set Tag on {0}', whatOf(runsOf(all))), knownKeys(all));
  if (key === undefined) {
    return;
  }
  const [only, ...others] = all.flatMap(({ session, things }) =>
    things.map((run) => ({ session, run })),
  );
  if (only !== undefined && others.length === 0) {
    await askValue(all, key, (value) => setOnOne(only.session, only.run, key, value));
    return;
  }
  let given: string | undefined;
  await askValue(all, key, (value) => {
    given = value;
    return Promise.resolve();
  });
  if (given !== undefined) {
    for (const chosen of all) {
      await setOnMany(context, chosen, key, given);
    }
  }
};

function askValue(
  all: readonly Chosen<RunThing>[],
  key: string,
  apply: (value: string) => Promise<void>,
): Promise<boolean> {
  const values = new Set(
    all.flatMap(({ session, things }) =>
      things.map((run) => tagValue(runOf(session, run)?.tags ?? [], key)),
    ),
  );
  const [value] = values;
  return askUntilTaken({
    title: vscode.l10n.t('Set Tag {0} on {1}', key, whatOf(runsOf(all))),
    prompt: isSystemTag(key)
      ? vscode.l10n.t('MLflow sets this tag itself; another value may confuse what reads it.')
      : vscode.l10n.t('Value of the tag'),
    placeholder: values.size > 1 ? vscode.l10n.t('The runs have different values now') : '',
    value: values.size === 1 ? (value ?? '') : '',
    check: whyNotTagValue,
    apply,
  });
}

async function setOnOne(
  session: Chosen['session'],
  run: RunThing,
  key: string,
  value: string,
): Promise<void> {
  const writes = await writesOf(session);
  const { signal } = new AbortController();
  const { failed } = await writes.setRunTag([run], key, value, { signal });
  if (failed[0] !== undefined) {
    throw failed[0].error;
  }
}

async function setOnMany(
  context: CommandContext,
  { session, things }: Chosen<RunThing>,
  key: string,
  value: string,
): Promise<void> {
  const writes = await writesOf(session);
  const result = await withBulkProgress(vscode.l10n.t('Setting tag'), things.length, (control) =>
    writes.setRunTag(things, key, value, control),
  );
  tellOutcome(context, {
    texts: tagged,
    things,
    done: result.done,
    result,
    retry: (rest) => setOnMany(context, { session, things: rest }, key, value),
  });
}

function runsOf(all: readonly Chosen<RunThing>[]): readonly RunThing[] {
  return all.flatMap(({ things }) => things);
}

/** Keys of the tags that runs beside the chosen ones have. */
function knownKeys(all: readonly Chosen<RunThing>[]): readonly string[] {
  const runs = all.flatMap(({ session, things }) =>
    [...new Set(things.map(({ experimentId }) => experimentId))]
      .flatMap((id) => session.experiments?.runs(id).list.items ?? [])
      .concat(things.flatMap((run) => runOf(session, run) ?? [])),
  );
  return keysOf(runs, ({ tags }) => tags);
}

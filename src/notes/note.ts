import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import { tagValue } from '../mlflow/runFacts';
import { noteTag } from '../mlflow/tagRules';
import type { Thing } from '../mlflow/thing';
import type { Sessions } from '../state/sessions';
import type { Writes } from '../state/writes';
import type { NoteOwner } from './noteUri';

/** A description as its server has it. */
export interface Note {
  /** Empty where there is none. */
  readonly text: string;
  /** Of something deleted; MLflow lets nobody change it. */
  readonly isDeleted: boolean;
  readonly thing: Thing;
  readonly writes: Writes;
}

/** Reads a description from its server, whose connection is opened if need be. */
export async function readNote(sessions: Sessions, owner: NoteOwner): Promise<Note> {
  const writes = await writesFor(sessions, owner.connection);
  const now = await writes.now(owner);
  const { id, name } = now;
  return {
    text: tagValue(now.tags, noteTag) ?? '',
    isDeleted: now.lifecycleStage === 'deleted',
    thing:
      'experimentId' in now
        ? { kind: 'run', experimentId: now.experimentId, id, name }
        : { kind: 'experiment', id, name },
    writes,
  };
}

/** Writes a description; an empty one stays as an empty tag. */
export async function writeNote({ thing, writes }: Note, text: string): Promise<void> {
  if (thing.kind === 'experiment') {
    await writes.setExperimentTag(thing.id, noteTag, text);
    return;
  }
  const { signal } = new AbortController();
  const { failed } = await writes.setRunTag([thing], noteTag, text, { signal });
  if (failed[0] !== undefined) {
    throw failed[0].error;
  }
}

async function writesFor(sessions: Sessions, connection: string): Promise<Writes> {
  await sessions.ensure();
  const session = sessions.get(connection);
  const status = await session?.connection.ensure();
  if (status?.kind === 'failed') {
    throw status.error;
  }
  if (session?.writes === undefined) {
    throw new SaidError(
      vscode.l10n.t(
        'This window is not connected to {0}. Switch to it, then try again.',
        connection,
      ),
    );
  }
  return session.writes;
}

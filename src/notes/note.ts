import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import type { Run } from '../mlflow/model';
import { tagValue } from '../mlflow/runFacts';
import { noteTag, tagLimits } from '../mlflow/tagRules';
import type { Session } from '../state/session';
import type { Sessions } from '../state/sessions';
import type { Writes } from '../state/writes';
import type { NoteOwner } from './noteUri';

/** A description as its server has it. */
export interface Note {
  /** Empty where there is none. */
  readonly text: string;
  /** Of something deleted; MLflow lets nobody change it. */
  readonly isDeleted: boolean;
  /** The experiment of a run. */
  readonly experimentId: string | undefined;
  /** Characters that it holds at most, where servers cut it without a word. */
  readonly longest: number | undefined;
  /** Writes another text; an empty one stays as an empty description. */
  write(text: string): Promise<void>;
}

/** Reads a description from its server, whose connection is opened if need be. */
export async function readNote(sessions: Sessions, owner: NoteOwner): Promise<Note> {
  const session = await sessionFor(sessions, owner.connection);
  switch (owner.kind) {
    case 'run':
    case 'experiment':
      return ofTag(session, owner);
    case 'model':
      return ofModel(session, owner.id);
    case 'version':
      return ofVersion(session, owner.id);
  }
}

async function ofTag({ writes }: Ready, { kind, id }: NoteOwner): Promise<Note> {
  const now = await (kind === 'run'
    ? writes.now({ kind, id })
    : writes.now({ kind: 'experiment', id }));
  const known = {
    text: tagValue(now.tags, noteTag) ?? '',
    isDeleted: now.lifecycleStage === 'deleted',
  };
  if ('experimentId' in now) {
    const write = (text: string): Promise<void> => writeRun(writes, now, text);
    return { ...known, experimentId: now.experimentId, longest: tagLimits.value, write };
  }
  const write = (text: string): Promise<void> => writes.setExperimentTag(now.id, noteTag, text);
  return { ...known, experimentId: undefined, longest: undefined, write };
}

async function writeRun(writes: Writes, run: Run, text: string): Promise<void> {
  const { signal } = new AbortController();
  const { experimentId, id, name } = run;
  const thing = { kind: 'run', experimentId, id, name } as const;
  const { failed } = await writes.setRunTag([thing], noteTag, text, { signal });
  if (failed[0] !== undefined) {
    throw failed[0].error;
  }
}

const ofRegistry = { isDeleted: false, experimentId: undefined, longest: undefined } as const;

async function ofModel({ modelWrites }: Ready, name: string): Promise<Note> {
  const { description } = await modelWrites.getModel(name);
  const write = (text: string): Promise<void> => modelWrites.describeModel(name, text);
  return { ...ofRegistry, text: description, write };
}

async function ofVersion({ modelWrites }: Ready, id: string): Promise<Note> {
  const at = id.indexOf('/');
  const version = id.slice(0, at);
  const name = id.slice(at + 1);
  const { description } = await modelWrites.getVersion(name, version);
  const write = (text: string): Promise<void> => modelWrites.describeVersion(name, version, text);
  return { ...ofRegistry, text: description, write };
}

interface Ready {
  readonly writes: Writes;
  readonly modelWrites: NonNullable<Session['modelWrites']>;
}

async function sessionFor(sessions: Sessions, connection: string): Promise<Ready> {
  await sessions.ensure();
  const session = sessions.get(connection);
  const status = await session?.connection.ensure();
  if (status?.kind === 'failed') {
    throw status.error;
  }
  const { writes, modelWrites } = session ?? {};
  if (writes === undefined || modelWrites === undefined) {
    throw new SaidError(
      vscode.l10n.t(
        'This window is not connected to {0}. Switch to it, then try again.',
        connection,
      ),
    );
  }
  return { writes, modelWrites };
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MlflowError } from '../mlflow/errors';
import type { Run } from '../mlflow/model';
import type { TrackingStore } from '../mlflow/trackingStore';
import { diskError } from './diskError';
import { readRecord, recordText, type SweepRecord, tagText } from './sweepRecord';
import { heartbeatTag, readHeartbeats, stateTag, sweepTag, tagOf } from './sweepTags';

const folder = 'sweep';
const recordName = 'plan.json';
/** A sweep file, or a plan with many changes; more was never written by us. */
const mostBytes = 16 * 1024 * 1024;

/** What was kept with a parent run. */
export interface KeptSweep {
  readonly parent: Run;
  readonly record: SweepRecord;
  /** The sweep file. */
  readonly text: string;
}

/** Milliseconds. */
const farewellLimit = 10_000;

/** Makes the parent run of a sweep. It is ended as failed where its files cannot be kept, since nobody could take it up. */
export async function beginSweep(
  store: TrackingStore,
  experimentId: string,
  record: SweepRecord,
  text: string,
  user: string,
  signal: AbortSignal,
): Promise<KeptSweep> {
  const tags = [
    { key: sweepTag, value: tagText(record) },
    { key: stateTag, value: 'running' },
    { key: 'mlflow.user', value: user },
  ];
  const made = { name: record.name, startTime: Date.now(), tags };
  const parent = await store.createRun(experimentId, made, signal);
  try {
    await keepText(store, parent.id, record.fileName, text, signal);
    await keepText(store, parent.id, recordName, recordText(record), signal);
  } catch (error) {
    await abandonSweep(store, parent.id);
    throw error;
  }
  return { parent, record, text };
}

/** Ends the parent of a sweep that could not begin, also where that is because somebody gave up; never rejects. */
export async function abandonSweep(store: TrackingStore, parentRunId: string): Promise<void> {
  const signal = AbortSignal.timeout(farewellLimit);
  await store
    .setRunTag(parentRunId, stateTag, 'stopped', signal)
    .then(() => store.endRun(parentRunId, 'FAILED', Date.now(), signal))
    .catch(() => undefined);
}

/**
 * Puts a parent back to how it was before `claimant` failed to take it up, unless somebody else works on it; never rejects.
 * Heartbeats of the claimant begin with its name.
 */
export async function closeAgain(
  store: TrackingStore,
  before: Run,
  claimant: string,
): Promise<void> {
  const signal = AbortSignal.timeout(farewellLimit);
  try {
    const now = await store.getRun(before.id, signal);
    const others = new Set(readHeartbeats(now).keys());
    for (const one of readHeartbeats(now).keys()) {
      if (!one.startsWith(`${claimant}.`)) continue;
      others.delete(one);
      await store.deleteRunTag(before.id, heartbeatTag(one), signal);
    }
    if (others.size > 0) return;
    const state = tagOf(before, stateTag);
    if (state !== undefined) await store.setRunTag(before.id, stateTag, state, signal);
    const { status, endTime } = before;
    if (status === 'FINISHED' || status === 'FAILED' || status === 'KILLED') {
      await store.endRun(before.id, status, endTime ?? Date.now(), signal);
    }
  } catch {
    // The server is gone: the sweep shows as interrupted, and can be taken up again.
  }
}

/** Rejects with `notFound` where the run is no parent of a sweep, and `malformed` where what was kept makes no sense. */
export async function readSweepOf(
  store: TrackingStore,
  parentRunId: string,
  signal: AbortSignal,
): Promise<KeptSweep> {
  const parent = await store.getRun(parentRunId, signal);
  if (!parent.tags.some(({ key }) => key === sweepTag))
    throw new MlflowError('notFound', 'missing');
  const record = readRecord(await readText(store, parentRunId, recordName, signal));
  if (record === undefined) {
    throw new MlflowError('malformed', 'shape', { path: `${folder}/${recordName}` });
  }
  return { parent, record, text: await readText(store, parentRunId, record.fileName, signal) };
}

async function keepText(
  store: TrackingStore,
  runId: string,
  name: string,
  text: string,
  signal: AbortSignal,
): Promise<void> {
  const place = await onDisk(mkdtemp(path.join(tmpdir(), 'mlflow-sweep-')));
  try {
    const file = path.join(place, 'file');
    await onDisk(writeFile(file, text));
    await store.logArtifact(runId, `${folder}/${name}`, file, () => undefined, signal);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

function onDisk<T>(done: Promise<T>): Promise<T> {
  return done.catch((error: unknown) => {
    throw diskError(error, tmpdir());
  });
}

async function readText(
  store: TrackingStore,
  runId: string,
  name: string,
  signal: AbortSignal,
): Promise<string> {
  const owner = { kind: 'run', runId } as const;
  const place = { owner, path: `${folder}/${name}` };
  const stream = await store.openArtifact(place, { from: 0, length: mostBytes }, signal);
  const pieces: Uint8Array[] = [];
  try {
    for (let piece = await stream.read(signal); piece; piece = await stream.read(signal)) {
      pieces.push(piece);
    }
  } finally {
    stream.close();
  }
  return Buffer.concat(pieces).toString('utf8');
}

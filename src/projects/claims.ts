import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { MlflowError } from '../mlflow/errors';
import type { Run } from '../mlflow/model';
import type { TrackingStore } from '../mlflow/trackingStore';
import { codeOf, diskError } from './diskError';
import { claimKey } from './sweepTags';

/** Milliseconds after which writers that raced on a store of files have all written. */
const settleTime = 1500;

/** Takes combinations of a sweep for a claimant; nobody else gets the same attempt. */
export interface Claims {
  /** Resolves to whether the attempt is the claimant's. */
  claim(number: number, attempt: number, signal: AbortSignal): Promise<boolean>;
}

export interface ClaimPlace {
  readonly store: TrackingStore;
  readonly parent: Run;
  readonly claimant: string;
  /** See `SweepHost.fileStoreFolder`. */
  readonly fileStoreFolder: string | undefined;
}

/** Chooses the way that is safe on the store. */
export async function claimsFor(place: ClaimPlace, signal: AbortSignal): Promise<Claims> {
  if (place.fileStoreFolder !== undefined) return new LockedClaims(place, place.fileStoreFolder);
  const { storeType } = await place.store.serverInfo(signal);
  const mayBeFiles =
    storeType === 'FileStore' || (storeType === undefined && (await looksLikeFiles(place, signal)));
  return mayBeFiles ? new SettledClaims(place) : new ParamClaims(place);
}

/** Only stores of files have such long ids, except of the first experiment; of MLflow 2 nothing else tells. */
async function looksLikeFiles(
  { store, parent }: ClaimPlace,
  signal: AbortSignal,
): Promise<boolean> {
  const { experimentId } = parent;
  if (experimentId !== '0') return experimentId.length >= 15;
  const { items } = await store.searchExperiments({ view: 'all', maxResults: 2 }, signal);
  const other = items.find(({ id }) => id !== '0');
  return other === undefined || other.id.length >= 15;
}

/** On SQL stores the first of many writers wins: a param is immutable. */
class ParamClaims implements Claims {
  constructor(private readonly place: ClaimPlace) {}

  claim(number: number, attempt: number, signal: AbortSignal): Promise<boolean> {
    return logClaim(this.place, number, attempt, this.place.claimant, signal);
  }
}

/** A store of files behind a server: of racing writers the last one wins, so it is read who that was. */
class SettledClaims implements Claims {
  constructor(private readonly place: ClaimPlace) {}

  async claim(number: number, attempt: number, signal: AbortSignal): Promise<boolean> {
    const { store, parent, claimant } = this.place;
    if (!(await logClaim(this.place, number, attempt, claimant, signal))) return false;
    await delay(settleTime, undefined, { signal });
    const key = claimKey(number, attempt);
    const now = await store.getRun(parent.id, signal);
    return now.params.find((param) => param.key === key)?.value === claimant;
  }
}

/** A store of files on this machine, or on a shared disk: a file that only one can make comes before the param. */
class LockedClaims implements Claims {
  private readonly locks: string;

  constructor(
    private readonly place: ClaimPlace,
    folder: string,
  ) {
    const { experimentId, id } = place.parent;
    this.locks = path.join(folder, experimentId, id, 'claims');
  }

  async claim(number: number, attempt: number, signal: AbortSignal): Promise<boolean> {
    const holder = await this.lock(`${number}.${attempt}`);
    // Who made the file may have ended before the param was written: then it is written in its name.
    const isThere = await logClaim(this.place, number, attempt, holder, signal);
    return isThere && holder === this.place.claimant;
  }

  /** Resolves to who holds it. */
  private async lock(name: string): Promise<string> {
    const file = path.join(this.locks, name);
    const draft = path.join(this.locks, `.${this.place.claimant}`);
    try {
      await mkdir(this.locks, { recursive: true });
      await writeFile(draft, this.place.claimant);
      const isHeld = await makeOnce(file, draft, this.place.claimant);
      return isHeld ? this.place.claimant : await readFile(file, 'utf8');
    } catch (error) {
      throw diskError(error, this.locks);
    } finally {
      await rm(draft, { force: true }).catch(() => undefined);
    }
  }
}

/**
 * Makes a file that is there with its content, or not at all; resolves to whether it was not there before. Where a disk has no links, it may be
 * seen empty for a moment: then nobody gets the claim.
 */
async function makeOnce(file: string, draft: string, text: string): Promise<boolean> {
  try {
    await link(draft, file).catch((error: unknown) => {
      if (!linkless.has(codeOf(error))) throw error;
      return writeFile(file, text, { flag: 'wx' });
    });
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    return false;
  }
}

const linkless: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

async function logClaim(
  { store, parent }: ClaimPlace,
  number: number,
  attempt: number,
  claimant: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await store.logParam(parent.id, claimKey(number, attempt), claimant, signal);
    return true;
  } catch (error) {
    if (error instanceof MlflowError && error.reason === 'paramTaken') return false;
    throw error;
  }
}

import { EventSource } from '../base/event';
import { isAbortError } from '../mlflow/errors';
import type { TrackingStore } from '../mlflow/trackingStore';
import { Crew } from './crew';
import { EarlyEnds } from './earlyEnds';
import { Guide } from './guide';
import type { LiveChild } from './liveChild';
import { mayPass, persist } from './persist';
import { Heartbeats } from './schedule/heartbeats';
import { byCombination } from './schedule/standing';
import { keyOf, type OpenCombination, type Survey, survey } from './schedule/survey';
import type { RunningSweep, SweepProgress, SweepState } from './sweepContracts';
import { keepBeating } from './keepBeating';
import { Rest } from './rest';
import { SweepRefused } from './sweepRefused';
import { toProgress } from './toProgress';
import { endSuperseded, tidySweep } from './tidySweep';
import type { SweepParts } from './sweepParts';
import { heartbeatTag, stateTag, tagOf } from './sweepTags';
import { SweepView } from './sweepView';

/** Milliseconds. */
const lookEvery = 10_000;
const longestPause = 60_000;
/** Between two of these, looks read only what is new and what was going on. */
const wholeEvery = 200_000;
/** Looks may take so much of the time. */
const lookShare = 20;

/**
 * Carries out a sweep, together with whoever else does. What is to be done is read from MLflow again and again, and nothing that
 * matters is held here alone.
 */
export class SweepRun implements RunningSweep {
  readonly ended: Promise<SweepProgress>;
  progress: SweepProgress;
  private readonly changes = new EventSource<SweepProgress>();
  readonly onDidChange = this.changes.event;
  private readonly abort = new AbortController();
  private readonly view: SweepView;
  private readonly heartbeats: Heartbeats;
  private readonly earlyEnds: EarlyEnds | undefined;
  private readonly crew: Crew;
  private readonly rest: Rest;
  /** The newest attempt at each combination that is tried again although it failed. */
  private readonly forgiven = new Map<number, number>();
  private state: SweepState = 'running';
  /** Attempts that are claimed and have no run, by {@link keyOf}. */
  private readonly runless = new Set<string>();
  private forgivesNext: boolean;
  /** That the sweep was stopped here, once it was written down. */
  private saidStop: Promise<void> | undefined;
  private looksWhole = true;
  private trouble: unknown;
  private hasLeft = false;
  /** Milliseconds that the last look took that was not whole. */
  private lookTime = 0;
  private wholeDue = 0;
  private lastSurvey: Survey | undefined;

  constructor(private readonly parts: SweepParts) {
    const { kept, host, claimant, plan } = parts;
    const { metric } = kept.record;
    this.view = new SweepView(host.store, kept.parent, metric?.name);
    this.heartbeats = new Heartbeats(claimant);
    this.forgivesNext = parts.retryFailed;
    const early = plan.sweep.earlyTerminate;
    this.earlyEnds = early && metric && new EarlyEnds(host.store, metric, early);
    this.rest = new Rest(parts.clock);
    const { signal } = this.abort;
    const guide = new Guide({
      ...{ host, plan, metric, view: this.view, signal },
      live: () => this.crew.live.values(),
    });
    const makings = {
      ...{ host, kept, machine: parts.machine, tags: parts.tags, log: host.log },
      ...{ signal, values: (number: number) => guide.valuesOf(number) },
      persist: <T>(carryOut: (store: TrackingStore) => Promise<T>) => this.persist(carryOut),
      onChange: () => this.publish(),
    };
    this.crew = new Crew(makings, () => this.rest.end());
    this.progress = this.progressOf(undefined);
    this.ended = this.carryOut();
  }

  get parentRunId(): string {
    return this.parts.kept.parent.id;
  }
  get experimentId(): string {
    return this.parts.kept.parent.experimentId;
  }
  get name(): string {
    return this.parts.kept.record.name;
  }
  get fileName(): string {
    return this.parts.kept.record.fileName;
  }
  get metric(): RunningSweep['metric'] {
    return this.parts.kept.record.metric;
  }

  async stop(): Promise<void> {
    if (this.state === 'running') {
      const { store } = this.parts.host;
      const { signal } = this.abort;
      this.saidStop = this.persist(() =>
        store.setRunTag(this.parentRunId, stateTag, 'stopping', signal),
      ).catch(() => {
        this.saidStop = undefined;
      });
      this.beginStop();
    }
    await this.ended;
  }

  retryFailed(): Promise<void> {
    if (!this.mayBegin) return Promise.reject(new SweepRefused('it is being ended'));
    this.forgivesNext = true;
    this.rest.end();
    return Promise.resolve();
  }

  dispose(): void {
    this.abort.abort();
    this.changes.dispose();
  }

  private async carryOut(): Promise<SweepProgress> {
    const { host, clock, claimant } = this.parts;
    const { parentRunId } = this;
    const { signal } = this.abort;
    const beating = keepBeating({ host, clock, claimant, parentRunId }, () => this.hasLeft, signal);
    try {
      while (!(await this.step())) {
        const length = Math.max(lookEvery, this.lookTime * lookShare);
        await this.rest.pause(Math.min(longestPause, length), signal);
      }
    } catch (error) {
      if (!isAbortError(error)) await this.giveUp(error);
    }
    this.publish();
    this.abort.abort();
    await beating;
    return this.progress;
  }

  /** One look and what follows from it; resolves to whether all is over. A server that is gone is only waited for. */
  private async step(): Promise<boolean> {
    try {
      return await this.lookAndAct();
    } catch (error) {
      this.abort.signal.throwIfAborted();
      if (!mayPass(error)) throw error;
      this.trouble = error;
      return false;
    } finally {
      this.publish();
    }
  }

  private async lookAndAct(): Promise<boolean> {
    const { clock } = this.parts;
    const { signal } = this.abort;
    const began = clock.now();
    const isWhole = this.looksWhole || began >= this.wholeDue;
    const over = this.crew.over;
    await this.view.look(isWhole, signal);
    const now = clock.now();
    if (isWhole) this.wholeDue = now + Math.max(wholeEvery, (now - began) * lookShare);
    this.heartbeats.read(this.view.heartbeats, now);
    if (this.view.state?.startsWith('stopp') && this.state === 'running') this.beginStop();
    if (this.forgivesNext) this.forgive();
    const found = this.survey(isWhole, over);
    this.lastSurvey = found;
    const { live } = this.crew;
    const insists = this.state !== 'running';
    const untidy = await tidySweep(
      { ...this.parts, view: this.view, live, insists },
      found.toKill,
      signal,
    );
    this.trouble = this.crew.halted?.trouble ?? untidy;
    endSuperseded(this.view, live.values());
    if (found.isTargetReached) this.crew.endAll('early');
    if (this.mayBegin && !found.isTargetReached) {
      await this.endBehind();
      await this.begin(found);
    }
    if (!isWhole) this.lookTime = clock.now() - began;
    return this.crew.size === 0 && untidy === undefined && this.conclude(found, isWhole);
  }

  /** Nothing goes on here; resolves to whether that is all. */
  private async conclude(found: Survey, isWhole: boolean): Promise<boolean> {
    const waits = found.taken > found.mine.length;
    if (this.state === 'stopping') return this.endStopped(waits);
    if (this.crew.halted !== undefined) {
      return this.heartbeats.others > 0 ? this.leave() : this.finish('stopped', 'KILLED');
    }
    const isDone = found.isTargetReached ? !waits : found.open.length === 0 && found.taken === 0;
    if (!isDone || this.forgivesNext) return false;
    if (!isWhole) {
      this.looksWhole = true;
      this.rest.end();
      return false;
    }
    this.parts.host.log.info(
      `sweep ${this.parentRunId}: done ${found.done}, failed ${found.failed}`,
    );
    return found.failed > 0 && !found.isTargetReached
      ? this.finish('failed', 'FAILED')
      : this.finish('finished', 'FINISHED');
  }

  /** Who stopped a sweep waits until others have ended their runs, and the dead are known to be so, unless it is taken up again. */
  private async endStopped(waits: boolean): Promise<boolean> {
    await this.saidStop;
    if (waits && (await this.isStillStopped())) return false;
    return this.finish('stopped', 'KILLED');
  }

  private get mayBegin(): boolean {
    return this.state === 'running' && this.crew.halted === undefined;
  }

  /** `over` were over before the look began. */
  private survey(isWhole: boolean, over: ReadonlySet<string>): Survey {
    const { plan, kept, machine, claimant } = this.parts;
    const found = survey(plan, byCombination(this.view.claims, this.view.children), {
      metric: kept.record.metric,
      mostOpen: machine.parallelism + 2 * this.heartbeats.others,
      self: claimant,
      isAlive: (one) => this.heartbeats.isAlive(one),
      hasVanished: (number, attempt) => isWhole && over.has(keyOf(number, attempt)),
      isForgiven: (number, attempt) => (this.forgiven.get(number) ?? -1) >= attempt,
      mayBeUnseen: (number, attempt) => this.mayBeUnseen(keyOf(number, attempt), isWhole),
    });
    // The run of one that is over was deleted, or stands where only a whole look finds it.
    this.looksWhole =
      found.hasUnseen || found.mine.some(({ number, attempt }) => over.has(keyOf(number, attempt)));
    if (this.looksWhole) this.rest.end();
    return found;
  }

  /** A clock that is behind may have put a run where only a whole look finds it. */
  private mayBeUnseen(key: string, isWhole: boolean): boolean {
    if (isWhole) this.runless.add(key);
    return !this.runless.has(key);
  }

  private forgive(): void {
    this.forgivesNext = false;
    for (const { number, attempt, status } of this.view.children) {
      if (status !== 'FAILED') continue;
      this.forgiven.set(number, Math.max(attempt, this.forgiven.get(number) ?? -1));
    }
  }

  private async endBehind(): Promise<void> {
    if (this.earlyEnds === undefined) return;
    const own = new Map<string, LiveChild>();
    for (const child of this.crew.live.values()) {
      if (child.shown !== undefined && !child.isEnding) own.set(child.shown.runId, child);
    }
    const ids = await this.earlyEnds.find(
      this.view.children,
      new Set(own.keys()),
      this.abort.signal,
    );
    for (const id of ids) own.get(id)?.end('early');
  }

  /** Claims what is open, as long as there is room; of several claimants each begins elsewhere. */
  private async begin(found: Survey): Promise<void> {
    const { clock } = this.parts;
    for (const owed of found.mine) {
      if (this.hasRoom && this.isOwed(owed)) this.crew.begin(owed);
    }
    const open = found.open.filter((one) => !this.crew.hasBegun(one));
    while (this.hasRoom && open.length > 0) {
      const place = Math.floor(
        clock.random() * Math.min(open.length, 1 + 2 * this.heartbeats.others),
      );
      const [chosen] = open.splice(place, 1);
      if (chosen === undefined) return;
      if (!(await this.claim(chosen))) this.rest.end();
      // A claim that a stop overtook stays without a run, and its claimant will be gone.
      else if (this.mayBegin) this.crew.begin(chosen);
    }
  }

  /** Where claims are refused, e.g. since a disk is full, what goes on here is brought to its end. */
  private async claim({ number, attempt }: OpenCombination): Promise<boolean> {
    const { signal } = this.abort;
    try {
      return await this.parts.claims.claim(number, attempt, signal);
    } catch (error) {
      if (signal.aborted || mayPass(error)) throw error;
      this.crew.halted ??= { trouble: error };
      return false;
    }
  }

  private get hasRoom(): boolean {
    return this.mayBegin && this.crew.size < this.parts.machine.parallelism;
  }

  /** Whether a claim of ours has led to no run yet: the reply to it was lost. */
  private isOwed(owed: OpenCombination): boolean {
    const { number, attempt } = owed;
    return (
      !this.crew.hasBegun(owed) &&
      ![...this.view.children].some((child) => child.number === number && child.attempt === attempt)
    );
  }

  private beginStop(): void {
    this.state = 'stopping';
    this.crew.endAll('stopped');
    this.publish();
    this.rest.end();
  }

  /** The sweep's end is written down by whoever stopped it, or saw that it was done. */
  private async finish(state: SweepState, status: 'FINISHED' | 'FAILED' | 'KILLED'): Promise<true> {
    const { parentRunId, abort } = this;
    const { signal } = abort;
    await this.saidStop;
    if (state !== 'stopped' || this.crew.halted !== undefined || (await this.isStillStopped())) {
      await this.persist((store) => store.setRunTag(parentRunId, stateTag, state, signal));
      await this.persist((store) => store.endRun(parentRunId, status, Date.now(), signal));
    }
    this.state = state;
    return this.leave();
  }

  /** Whether it was stopped here, and nobody has taken it up since. */
  private async isStillStopped(): Promise<boolean> {
    if (this.saidStop === undefined) return false;
    const { parentRunId, abort } = this;
    const parent = await this.persist((store) => store.getRun(parentRunId, abort.signal));
    return tagOf(parent, stateTag) !== 'running';
  }

  /** Something is refused that a sweep cannot do without, e.g. since the parent was deleted. */
  private async giveUp(trouble: unknown): Promise<void> {
    this.parts.host.log.error(`sweep ${this.parentRunId}: ${String(trouble)}`);
    this.trouble = trouble;
    this.crew.halted ??= { trouble };
    this.beginStop();
    await this.crew.ended();
    const { store } = this.parts.host;
    const { parentRunId, abort } = this;
    if (this.heartbeats.others === 0) {
      await store
        .setRunTag(parentRunId, stateTag, 'stopped', abort.signal)
        .then(() => store.endRun(parentRunId, 'KILLED', Date.now(), abort.signal))
        .catch((error: unknown) => this.parts.host.log.debug(`stopped: ${String(error)}`));
    }
    await this.leave();
  }

  private async leave(): Promise<true> {
    const { host, claimant } = this.parts;
    if (this.crew.halted !== undefined) this.state = 'stopped';
    const tag = heartbeatTag(claimant);
    this.hasLeft = true;
    await host.store
      .deleteRunTag(this.parentRunId, tag, this.abort.signal)
      .catch((error: unknown) => host.log.debug(`heartbeat: ${String(error)}`));
    return true;
  }

  private persist<T>(carryOut: (store: TrackingStore) => Promise<T>): Promise<T> {
    const { host, clock } = this.parts;
    const onTrouble = (error: unknown): void => {
      this.trouble = error;
      this.publish();
    };
    return persist(() => carryOut(host.store), clock, onTrouble, this.abort.signal);
  }

  private publish(): void {
    this.progress = this.progressOf(this.lastSurvey);
    this.changes.fire(this.progress);
  }

  private progressOf(found: Survey | undefined): SweepProgress {
    const { plan, machine } = this.parts;
    const children = this.crew.shown;
    const { state, trouble } = this;
    return toProgress({ plan, machine, state, trouble, children, found });
  }
}

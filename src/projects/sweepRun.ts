import { EventSource } from '../base/event';
import { isAbortError } from '../mlflow/errors';
import type { Tag } from '../mlflow/model';
import type { TrackingStore } from '../mlflow/trackingStore';
import type { Claims } from './claims';
import { EarlyEnds } from './earlyEnds';
import { earlierValues, guidedCombination } from './guidedSearch';
import type { NamedText } from './launchContracts';
import { type ChildMakings, type EndReason, LiveChild } from './liveChild';
import type { KeptSweep } from './parentRun';
import { mayPass, persist, type SweepClock } from './persist';
import type { SweepPlan } from './plan/sweepPlan';
import { Heartbeats } from './schedule/heartbeats';
import { byCombination } from './schedule/standing';
import { keyOf, type OpenCombination, type Survey, survey } from './schedule/survey';
import type {
  RunningSweep,
  SweepHost,
  SweepMachine,
  SweepProgress,
  SweepState,
} from './sweepContracts';
import { keepBeating } from './keepBeating';
import { toProgress } from './toProgress';
import { endSuperseded, tidySweep } from './tidySweep';
import { heartbeatTag, stateTag } from './sweepTags';
import { SweepView } from './sweepView';

/** Milliseconds. */
const lookEvery = 10_000;
const longestPause = 60_000;
/** A look may take so much of the time. */
const lookShare = 20;
/** So often a process may be killed by others before its combination counts as failed. */
const mostDeaths = 3;

export interface SweepParts {
  readonly kept: KeptSweep;
  readonly plan: SweepPlan;
  readonly machine: SweepMachine;
  readonly host: SweepHost;
  readonly claims: Claims;
  /** Unique for this engine. */
  readonly claimant: string;
  /** Tags that all children get. */
  readonly tags: readonly Tag[];
  readonly clock: SweepClock;
  readonly retryFailed: boolean;
}

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
  private readonly makings: ChildMakings;
  private readonly live = new Map<string, LiveChild>();
  private readonly lives = new Set<Promise<void>>();
  /** Attempts that were begun here. */
  private readonly started = new Set<string>();
  private readonly deaths = new Map<number, number>();
  /** The newest attempt at each combination that is tried again although it failed. */
  private readonly forgiven = new Map<number, number>();
  private state: SweepState = 'running';
  /** Nothing more is begun here, and why. */
  private halted: { readonly trouble: unknown } | undefined;
  private forgivesNext: boolean;
  private isStoppedHere = false;
  private looksWhole = true;
  private trouble: unknown;
  private hasLeft = false;
  /** Milliseconds that the last look took. */
  private lookTime = 0;
  private lastSurvey: Survey | undefined;
  private wake: () => void = () => undefined;
  private isWoken = false;

  constructor(private readonly parts: SweepParts) {
    const { kept, host, claimant, plan } = parts;
    const { metric } = kept.record;
    this.view = new SweepView(host.store, kept.parent, metric?.name);
    this.heartbeats = new Heartbeats(claimant);
    this.forgivesNext = parts.retryFailed;
    const early = plan.sweep.earlyTerminate;
    this.earlyEnds = early && metric && new EarlyEnds(host.store, metric, early);
    this.makings = {
      ...{ host, kept, machine: parts.machine, tags: parts.tags, log: host.log },
      signal: this.abort.signal,
      values: (number) => this.valuesOf(number),
      persist: (carryOut) => this.persist(carryOut),
      onChange: () => this.publish(),
    };
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
      this.isStoppedHere = true;
      this.beginStop();
    }
    await this.ended;
  }

  retryFailed(): Promise<void> {
    this.forgivesNext = true;
    this.rouse();
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
      while (!(await this.step())) await this.pause();
    } catch (error) {
      if (!isAbortError(error)) {
        this.trouble = error;
        this.state = 'stopped';
        this.parts.host.log.error(`sweep ${this.parentRunId}: ${String(error)}`);
        this.endAll('stopped');
        await Promise.all(this.lives);
      }
    }
    this.publish();
    this.abort.abort();
    await beating;
    return this.progress;
  }

  /** One look and what follows from it; resolves to whether all is over. A server that is gone is only waited for. */
  private async step(): Promise<boolean> {
    try {
      const isOver = await this.lookAndAct();
      this.trouble = this.halted?.trouble;
      this.publish();
      return isOver;
    } catch (error) {
      this.abort.signal.throwIfAborted();
      if (!mayPass(error)) throw error;
      this.trouble = error;
      this.publish();
      return false;
    }
  }

  private async lookAndAct(): Promise<boolean> {
    const { clock, host } = this.parts;
    const { signal } = this.abort;
    const began = clock.now();
    const isWhole = this.looksWhole;
    await this.view.look(isWhole, signal);
    this.lookTime = clock.now() - began;
    this.heartbeats.read(this.view.heartbeats, clock.now());
    if (this.view.state?.startsWith('stopp') && this.state === 'running') this.beginStop();
    if (this.forgivesNext) this.forgive();
    const found = this.survey();
    await tidySweep({ ...this.parts, view: this.view, live: this.live }, found.toKill, signal);
    endSuperseded(this.view, this.live.values());
    if (found.isTargetReached) this.endAll('early');
    if (this.state === 'running' && this.halted === undefined && !found.isTargetReached) {
      await this.endBehind();
      await this.begin(found);
    }
    this.lastSurvey = found;
    if (this.live.size > 0) return false;
    if (this.state === 'stopping') return this.finish('stopped', 'KILLED');
    if (this.halted !== undefined) {
      if (this.heartbeats.others > 0) return this.leave();
      return this.finish('stopped', 'KILLED');
    }
    const isDone = found.isTargetReached || (found.open.length === 0 && found.taken === 0);
    if (!isDone) return false;
    if (!isWhole) {
      this.looksWhole = true;
      this.rouse();
      return false;
    }
    host.log.info(`sweep ${this.parentRunId}: done ${found.done}, failed ${found.failed}`);
    return found.failed > 0 ? this.finish('failed', 'FAILED') : this.finish('finished', 'FINISHED');
  }

  private survey(): Survey {
    const { plan, kept, machine, claimant } = this.parts;
    this.looksWhole = false;
    return survey(plan, byCombination(this.view.claims, this.view.children), {
      metric: kept.record.metric,
      mostOpen: machine.parallelism + 2 * this.heartbeats.others,
      self: claimant,
      isAlive: (one) => this.heartbeats.isAlive(one),
      isForgiven: (number, attempt) => (this.forgiven.get(number) ?? -1) >= attempt,
    });
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
    for (const child of this.live.values()) {
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
    const { machine, clock, claims } = this.parts;
    for (const owed of found.mine) {
      if (this.live.size < machine.parallelism && this.isOwed(owed)) this.start(owed);
    }
    const open = found.open.filter((one) => !this.started.has(keyOf(one.number, one.attempt)));
    while (this.live.size < machine.parallelism && open.length > 0) {
      const place = Math.floor(
        clock.random() * Math.min(open.length, 1 + 2 * this.heartbeats.others),
      );
      const [chosen] = open.splice(place, 1);
      if (chosen === undefined || this.state !== 'running') return;
      const { number, attempt } = chosen;
      if (await claims.claim(number, attempt, this.abort.signal)) this.start(chosen);
      else this.rouse();
    }
  }

  /** Whether a claim of ours has led to no run yet: the reply to it was lost. */
  private isOwed({ number, attempt }: OpenCombination): boolean {
    return (
      !this.started.has(keyOf(number, attempt)) &&
      ![...this.view.children].some((child) => child.number === number && child.attempt === attempt)
    );
  }

  private start({ number, attempt }: OpenCombination): void {
    const isLastTry = (this.deaths.get(number) ?? 0) >= mostDeaths - 1;
    const child = new LiveChild(this.makings, number, attempt, isLastTry);
    this.live.set(keyOf(number, attempt), child);
    this.started.add(keyOf(number, attempt));
    const life = child
      .live()
      .then((status) => {
        if (status === 'KILLED') this.deaths.set(number, (this.deaths.get(number) ?? 0) + 1);
      })
      .catch((error: unknown) => {
        if (!isAbortError(error)) this.halted ??= { trouble: error };
      })
      .finally(() => {
        this.live.delete(keyOf(number, attempt));
        this.lives.delete(life);
        this.rouse();
      });
    this.lives.add(life);
  }

  private async valuesOf(number: number): Promise<readonly NamedText[]> {
    const { plan, kept, host } = this.parts;
    const { values } = plan.at(number);
    const { metric } = kept.record;
    if (!plan.isGuided || values.length > 0 || metric === undefined) return values;
    const earlier = earlierValues(plan, number, this.view.children);
    if (earlier !== undefined) return earlier;
    const python = await host.python();
    const { signal } = this.abort;
    return guidedCombination(python, plan, number, metric, this.view.children, signal);
  }

  private beginStop(): void {
    this.state = 'stopping';
    this.endAll('stopped');
    if (this.isStoppedHere) {
      const { store } = this.parts.host;
      const { signal } = this.abort;
      void this.persist(() =>
        store.setRunTag(this.parentRunId, stateTag, 'stopping', signal),
      ).catch(() => undefined);
    }
    this.publish();
    this.rouse();
  }

  private endAll(why: EndReason): void {
    for (const child of this.live.values()) child.end(why);
  }

  /** The sweep's end is written down by whoever stopped it, or saw that it was done. */
  private async finish(state: SweepState, status: 'FINISHED' | 'FAILED' | 'KILLED'): Promise<true> {
    const { parentRunId, abort } = this;
    const { signal } = abort;
    if (state !== 'stopped' || this.isStoppedHere || this.halted !== undefined) {
      await this.persist((store) => store.setRunTag(parentRunId, stateTag, state, signal));
      await this.persist((store) => store.endRun(parentRunId, status, Date.now(), signal));
    }
    this.state = state;
    return this.leave();
  }

  private async leave(): Promise<true> {
    const { host, claimant } = this.parts;
    if (this.halted !== undefined) this.state = 'stopped';
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

  private async pause(): Promise<void> {
    const { clock } = this.parts;
    const { signal } = this.abort;
    const length = Math.min(longestPause, Math.max(lookEvery, this.lookTime * lookShare));
    if (!this.isWoken) {
      const woken = new Promise<void>((resolve) => (this.wake = resolve));
      const enough = new AbortController();
      const either = AbortSignal.any([signal, enough.signal]);
      await Promise.race([woken, clock.wait(length, either).catch(() => undefined)]);
      enough.abort();
    }
    this.isWoken = false;
    signal.throwIfAborted();
  }

  private rouse(): void {
    this.isWoken = true;
    this.wake();
  }

  private publish(): void {
    this.progress = this.progressOf(this.lastSurvey);
    this.changes.fire(this.progress);
  }

  private progressOf(found: Survey | undefined): SweepProgress {
    const { plan, machine } = this.parts;
    const children = [...this.live.values()].flatMap(({ shown }) => shown ?? []);
    const { state, trouble, view } = this;
    return toProgress({ plan, machine, state, trouble, children, found }, view.children);
  }
}

import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Tag } from '../mlflow/model';
import { claimsFor } from './claims';
import type { LaunchBackend, LaunchProgram } from './launchContracts';
import { abandonSweep, beginSweep, closeAgain, type KeptSweep, readSweepOf } from './parentRun';
import type { SweepClock } from './persist';
import { readSweepText } from './plan/readSweepText';
import { SweepPlan } from './plan/sweepPlan';
import { sourceTags, withoutPassword } from './sourceFacts';
import type {
  RunningSweep,
  StoppedSweep,
  SweepHost,
  SweepMachine,
  SweepRequest,
  Sweeps as SweepsContract,
} from './sweepContracts';
import { stopSweep } from './stopSweep';
import type { SweepRecord } from './sweepRecord';
import { SweepRefused } from './sweepRefused';
import { SweepRun } from './sweepRun';
import { heartbeatTag, stateTag } from './sweepTags';

export { SweepRefused } from './sweepRefused';

const systemClock: SweepClock = {
  now: () => performance.now(),
  wait: (milliseconds, signal) => delay(milliseconds, undefined, { signal }),
  random: () => Math.random(),
};

/** See the contract. Rejects with {@link SweepRefused} where the file cannot be carried out. */
export class Sweeps implements SweepsContract {
  constructor(private readonly clock: SweepClock = systemClock) {}

  async launch(request: SweepRequest, host: SweepHost, signal: AbortSignal): Promise<RunningSweep> {
    const { text, seed, choice, experimentId } = request;
    const plan = planOf(text, seed, choice);
    if (plan.count === 0) throw new SweepRefused('nothing is left of the plan to be run');
    const record = recordOf(request, plan);
    if (plan.isGuided && record.metric === undefined) {
      throw new SweepRefused('`method: bayes` needs a metric to get better at');
    }
    const machine = withSignIn(request.machine, request.program);
    const kept = await beginSweep(host.store, experimentId, record, text, host.user, signal);
    try {
      return await this.carryOut(kept, plan, machine, host, false, signal);
    } catch (error) {
      await abandonSweep(host.store, kept.parent.id);
      throw error;
    }
  }

  async resume(
    parentRunId: string,
    machine: SweepMachine,
    host: SweepHost,
    { retryFailed }: { readonly retryFailed: boolean },
    signal: AbortSignal,
  ): Promise<RunningSweep> {
    const kept = await readSweepOf(host.store, parentRunId, signal);
    const { seed, choice } = kept.record;
    const plan = planOf(kept.text, seed, choice);
    const reopen = async (): Promise<void> => {
      await host.store.setRunTag(parentRunId, stateTag, 'running', signal);
      await host.store.reopenRun(parentRunId, signal);
    };
    try {
      return await this.carryOut(kept, plan, machine, host, retryFailed, signal, reopen);
    } catch (error) {
      await closeAgain(host.store, kept.parent, host.claimant);
      throw error;
    }
  }

  stop(
    parentRunId: string,
    host: Pick<SweepHost, 'store' | 'endLost' | 'log'>,
    backend: LaunchBackend | undefined,
    signal: AbortSignal,
  ): Promise<StoppedSweep> {
    return stopSweep({ parentRunId, host, backend, clock: this.clock }, signal);
  }

  private async carryOut(
    kept: KeptSweep,
    plan: SweepPlan,
    machine: SweepMachine,
    host: SweepHost,
    retryFailed: boolean,
    signal: AbortSignal,
    reopen: () => Promise<void> = () => Promise.resolve(),
  ): Promise<RunningSweep> {
    const claimant = `${host.claimant}.${randomUUID().slice(0, 8)}`;
    const { parent, record } = kept;
    const { store, fileStoreFolder } = host;
    const claims = await claimsFor({ store, parent, claimant, fileStoreFolder }, signal);
    const tags = await childTags(record.program, machine, host.user);
    // Nobody may see a claim of somebody without a heartbeat.
    await store.setRunTag(parent.id, heartbeatTag(claimant), '0', signal);
    await reopen();
    const { clock } = this;
    return new SweepRun({
      ...{ kept, plan, machine, host, claims, claimant, tags, clock, retryFailed },
    });
  }
}

/** A sign-in in the address of a project stays on this machine. */
function withSignIn(machine: SweepMachine, program: LaunchProgram): SweepMachine {
  const isSecret = program.kind === 'project' && withoutPassword(program.uri) !== program.uri;
  return isSecret && machine.folder === undefined ? { ...machine, folder: program.uri } : machine;
}

function planOf(text: string, seed: number, choice: SweepPlan['choice']): SweepPlan {
  const { sweep, errors } = readSweepText(text);
  const [first] = errors;
  if (sweep === undefined || first !== undefined) {
    throw new SweepRefused(first ?? 'the file is no sweep file');
  }
  return new SweepPlan(sweep, seed, choice);
}

function recordOf(request: SweepRequest, plan: SweepPlan): SweepRecord {
  const { name, fileName, seed, choice, program, fixedParameters, machine } = request;
  const { sweep } = plan;
  return {
    version: 1,
    name: name ?? sweep.name ?? fileName.replace(/\.ya?ml$/i, ''),
    ...{ fileName, seed, choice, fixedParameters },
    program:
      program.kind === 'project' ? { ...program, uri: withoutPassword(program.uri) } : program,
    method: sweep.method,
    count: Number.isFinite(plan.count) ? plan.count : undefined,
    metric: request.metric ?? sweep.metric,
    backend: machine.backend?.name ?? 'local',
    parallelism: machine.parallelism,
    environmentManager: machine.environmentManager,
  };
}

async function childTags(
  program: LaunchProgram,
  { folder, environmentManager, backend }: SweepMachine,
  user: string,
): Promise<Tag[]> {
  const tags = [
    { key: 'mlflow.user', value: user },
    ...(await sourceTags(placed(program, folder))),
  ];
  if (program.kind === 'script') return tags;
  return [
    ...tags,
    { key: 'mlflow.project.env', value: environmentManager },
    { key: 'mlflow.project.backend', value: backend?.name ?? 'local' },
  ];
}

function placed(program: LaunchProgram, folder: string | undefined): LaunchProgram {
  if (folder === undefined) return program;
  return program.kind === 'script' ? { ...program, folder } : { ...program, uri: folder };
}

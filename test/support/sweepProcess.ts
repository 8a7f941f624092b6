import { createInterface } from 'node:readline';
import type { SweepRequest } from '../../src/projects/sweepContracts';
import { Sweeps } from '../../src/projects/sweeps';
import { RestStore } from '../../src/stores/rest/restStore';
import { hastyClock, machineWith, type MachineOptions, sweepHost } from './sweepMachine';

/** What the process is told in its first argument. */
export interface SweepOrder extends MachineOptions {
  readonly begin: SweepRequest | { readonly parentRunId: string; readonly parallelism: number };
  /** So many times as fast as usual it looks, beats and loses its patience. */
  readonly haste: number;
}

/** A window that works on a sweep, as a process of its own: says how far it is, and ends with who started it. */
async function carryOut({ begin, haste, ...options }: SweepOrder): Promise<void> {
  const never = new AbortController().signal;
  const store = new RestStore(options.uri, () => undefined);
  const lines: string[] = [];
  const host = sweepHost(store, options, lines);
  const sweeps = new Sweeps(hastyClock(haste));
  const machine = machineWith('parallelism' in begin ? begin.parallelism : 1);
  const run =
    'parentRunId' in begin
      ? await sweeps.resume(begin.parentRunId, machine, host, { retryFailed: false }, never)
      : await sweeps.launch(begin, host, never);
  const say = (): void => {
    const { state, done, children } = run.progress;
    const about = { parent: run.parentRunId, state, done, running: children.length };
    process.stdout.write(`${JSON.stringify(about)}\n`);
  };
  say();
  run.onDidChange(say);
  const { trouble } = await run.ended;
  say();
  process.stdout.write(`${JSON.stringify({ ended: true, trouble: String(trouble), lines })}\n`);
  process.exit(0);
}

createInterface({ input: process.stdin }).once('close', () => process.exit(1));
await carryOut(JSON.parse(process.argv[2] ?? '') as SweepOrder);

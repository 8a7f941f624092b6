import { Agent, request } from 'undici';
import type { Ours } from './bundleOurs.mts';
import { median } from './median.mts';

const never = new AbortController().signal;
const runCount = 1000;
/** As many as `src/state/bulk.ts` does at a time. */
const atOnce = 8;
/** What else the machine does changes within seconds: the two ways take turns after so many. */
const turn = 100;
const rounds = 3;

type Way = (ids: readonly string[]) => Promise<void>;

/** Prints how long our deletion of 1,000 runs takes, and how long that of bare requests. */
export async function measureDeletions(ours: Ours, url: string, database: string): Promise<void> {
  const bare = new BareMlflow(url);
  const worker = ours.store(url);
  const own: Way = async (ids) => {
    let ended = 0;
    const { done } = await ours.inBulk({
      items: ids,
      work: (id) => worker.store.deleteRun(id, never),
      signal: never,
      onProgress: (count) => (ended = count),
    });
    if (done.length !== ids.length || ended !== ids.length)
      throw new Error('some were not deleted');
  };
  const ratios: number[] = [];
  try {
    const experiment = await bare.createExperiment();
    const runs = [await bare.createRuns(experiment), await bare.createRuns(experiment)];
    const [some = [], others = []] = runs;
    for (let round = 0; round < rounds; round++) {
      const figures = await takeTurns(own, some, (ids) => bare.delete(ids), others);
      ratios.push(figures.own / figures.bare);
      report(`${runCount} deletions, ${database}`, figures);
      for (const ids of runs) await bare.restore(ids);
    }
    console.log(`${runCount} deletions, ${database}: median x${median(ratios).toFixed(3)}`);
  } finally {
    worker.dispose();
    await bare.close();
  }
}

interface Figures {
  readonly own: number;
  readonly bare: number;
}

/** Milliseconds in all of each way, neither always the first. */
async function takeTurns(
  own: Way,
  ofOwn: readonly string[],
  bare: Way,
  ofBare: readonly string[],
): Promise<Figures> {
  const taken = { own: 0, bare: 0 };
  const ways = [
    ['own', own, ofOwn],
    ['bare', bare, ofBare],
  ] as const;
  for (let from = 0; from < runCount; from += turn) {
    for (const [name, way, ids] of (from / turn) % 2 === 0 ? ways : ways.toReversed()) {
      const started = performance.now();
      await way(ids.slice(from, from + turn));
      taken[name] += performance.now() - started;
    }
  }
  return taken;
}

function report(what: string, { own, bare }: Figures): void {
  console.log(
    `${what}  bare ${bare.toFixed(0)} ms  ours ${own.toFixed(0)} ms  x${(own / bare).toFixed(3)}`,
  );
}

/** MLflow by undici alone. */
class BareMlflow {
  private readonly agent = new Agent({ connections: atOnce, pipelining: 1 });
  private readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  private async post(call: string, body: object): Promise<unknown> {
    const reply = await request(`${this.url}/api/2.0/mlflow/${call}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      dispatcher: this.agent,
    });
    const parsed: unknown = JSON.parse(await reply.body.text());
    if (reply.statusCode !== 200) throw new Error(`${call}: ${reply.statusCode}`);
    return parsed;
  }

  delete(ids: readonly string[]): Promise<void> {
    return this.all(ids, (run_id) => this.post('runs/delete', { run_id }));
  }

  restore(ids: readonly string[]): Promise<void> {
    return this.all(ids, (run_id) => this.post('runs/restore', { run_id }));
  }

  async createExperiment(): Promise<string> {
    const made = await this.post('experiments/create', { name: 'deletions' });
    return (made as { experiment_id: string }).experiment_id;
  }

  async createRuns(experiment_id: string): Promise<string[]> {
    const ids: string[] = [];
    await this.all(Array.from({ length: runCount }), async () => {
      const created = await this.post('runs/create', { experiment_id, start_time: 1 });
      ids.push((created as { run: { info: { run_id: string } } }).run.info.run_id);
    });
    return ids;
  }

  close(): Promise<void> {
    return this.agent.close();
  }
  /** Does something with every item, as many at a time as ours. */
  private async all<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
    const left = items.values();
    const takeOn = async (): Promise<void> => {
      for (const item of left) await work(item);
    };
    await Promise.all(Array.from({ length: atOnce }, takeOn));
  }
}

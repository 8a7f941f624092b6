import path from 'node:path';
import { root } from '../scripts/paths.mts';
import { type TiedProcess, startTied } from '../scripts/tiedProcess.mts';
import type { Ours } from './bundleOurs.mts';
import { median } from './median.mts';

const never = new AbortController().signal;
const authorization = 'Bearer of-the-benchmark';
/** Alternations, the first of which only warm up. */
const rounds = 60;
const warmUp = 10;

interface Question {
  readonly what: string;
  readonly call: string;
  readonly body: object;
  /** Requests, one after the other, that one figure holds. */
  readonly times: number;
}

const questions: readonly Question[] = [
  {
    what: 'a page of 100 runs',
    call: 'runs/search',
    body: { max_results: 100, experiment_ids: ['1'], run_view_type: 'ACTIVE_ONLY' },
    times: 10,
  },
  { what: 'one experiment', call: 'experiments/get', body: { experiment_id: '1' }, times: 100 },
];

/** Prints how long our client takes for a request that is answered at once, and how long undici. */
export async function measureRequests(ours: Ours): Promise<void> {
  const { server, url } = await startEchoServer();
  const lines: string[] = [];
  const client = ours.client(url, { authorization, headers: { 'x-team': 'seats' } }, lines);
  const { Agent, request } = ours.undici;
  const agent = new Agent({ connections: 8, pipelining: 1 });
  try {
    for (const { what, call, body, times } of questions) {
      const where = `/api/2.0/mlflow/${call}`;
      const bare = async (): Promise<number> => {
        const { statusCode, body: reply } = await request(url + where, {
          method: 'POST',
          headers: {
            accept: 'application/json',
            'x-team': 'seats',
            authorization,
            'content-type': 'application/json',
          },
          body: JSON.stringify(body),
          dispatcher: agent,
        });
        JSON.parse(await reply.text());
        return statusCode;
      };
      const own = async (): Promise<number> => {
        const { status, text } = await client.send({ method: 'POST', path: where, body }, never);
        JSON.parse(text);
        return status;
      };
      report(what, await takeTurns(bare, own, times));
      lines.length = 0;
    }
  } finally {
    client.dispose();
    await agent.close();
    await server.stop();
  }
}

interface Figures {
  readonly bare: number;
  readonly own: number;
}

/** Milliseconds for one request at p50 of each way, neither always the first. */
async function takeTurns(
  bare: () => Promise<number>,
  own: () => Promise<number>,
  times: number,
): Promise<Figures> {
  const taken: Record<keyof Figures, number[]> = { bare: [], own: [] };
  const ways = [
    ['bare', bare],
    ['own', own],
  ] as const;
  for (let round = -warmUp; round < rounds; round++) {
    for (const [name, ask] of round % 2 === 0 ? ways : ways.toReversed()) {
      const started = performance.now();
      for (let time = 0; time < times; time++) {
        if ((await ask()) !== 200) throw new Error('the echo server did not answer');
      }
      if (round >= 0) taken[name].push((performance.now() - started) / times);
    }
  }
  return { bare: median(taken.bare), own: median(taken.own) };
}

function report(what: string, { bare, own }: Figures): void {
  const more = ((own - bare) * 1000).toFixed(0);
  console.log(
    `${what.padEnd(20)} bare ${bare.toFixed(3)} ms  ours ${own.toFixed(3)} ms  ` +
      `x${(own / bare).toFixed(3)}  +${more} µs`,
  );
}

async function startEchoServer(): Promise<{ server: TiedProcess; url: string }> {
  let tell = (_line: string): void => undefined;
  const told = new Promise<string>((resolve) => {
    tell = resolve;
  });
  const program = path.join(root, 'bench', 'echoServer.mts');
  const server = startTied(process.execPath, [program], { onLine: (line) => tell(line) });
  const line = await Promise.race([told, server.exited.then(() => server.output())]);
  const [, port] = /^port (\d+)$/.exec(line) ?? [];
  if (port === undefined) throw new Error(`the echo server did not start: ${line}`);
  return { server, url: `http://127.0.0.1:${port}` };
}

/**
 * The language server: what is said about an MLproject of 100, 1,000 and 10,000 lines against a bare `parseDocument` of
 * the same text, taking turns in one run; completion; and `dist/server.js --stdio` as a process: its start, its memory with
 * ten files open and after a huge one, its size. Needs Node 24 and a Linux for memory; prints what was asked for beside
 * what was measured.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from '../scripts/paths.mts';
import { bundleServices } from './bundleServices.mts';
import { startLanguageServer, type LanguageProcess } from './languageProcess.mts';
import { median } from './median.mts';

const serverFile = path.join(root, 'dist', 'server.js');

/** An MLproject of about so many lines, with nothing wrong in it. */
function project(lines: number): string {
  const points: string[] = ['name: demo', 'python_env: python_env.yaml', 'entry_points:'];
  for (let index = 0; points.length < lines; index++) {
    points.push(
      `  step_${index}:`,
      '    # What is trained, and on what',
      '    parameters:',
      `      data_${index}: {type: string, default: data/file_${index}.csv}`,
      '      alpha:',
      '        type: float',
      `        default: 0.${index}`,
      '      max-depth: {type: int, default: 3}',
      '    command: >-',
      `      python -m train.step_${index} --data {data_${index}}`,
      '      --alpha {alpha} --depth {max-depth}',
      '',
    );
  }
  return `${points.slice(0, lines).join('\n')}\n`;
}

async function time(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

const p95 = (figures: readonly number[]): number =>
  figures.toSorted((a, b) => a - b)[Math.ceil(figures.length * 0.95) - 1] ?? NaN;

function tell(what: string, wanted: string, measured: string): void {
  console.log(`${what.padEnd(62)} ${wanted.padEnd(12)} ${measured}`);
}

const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)} ms`;
const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

async function measureServices(): Promise<void> {
  const services = await bundleServices();
  for (const lines of [100, 1_000, 10_000]) {
    const text = project(lines);
    const bare: number[] = [];
    const ours: number[] = [];
    const rounds = lines > 5_000 ? 40 : 100;
    for (let round = -10; round < rounds; round++) {
      const turns = [
        async () => [bare, await time(() => services.parseDocument(text))] as const,
        async () => [ours, await time(() => services.diagnose(text))] as const,
      ];
      for (const turn of round % 2 === 0 ? turns : turns.reverse()) {
        const [times, taken] = await turn();
        if (round >= 0) times.push(taken);
      }
    }
    tell(
      `diagnostics, ${lines} lines, p95 against a bare parseDocument`,
      '1.5 x',
      `${(p95(ours) / p95(bare)).toFixed(2)} x (${milliseconds(p95(ours))} against ${milliseconds(p95(bare))}; p50 ${(median(ours) / median(bare)).toFixed(2)} x)`,
    );
  }
  const text = project(1_000);
  const completions: number[] = [];
  for (let round = -20; round < 100; round++) {
    const place = text.indexOf('{', Math.floor((text.length * (round + 20)) / 130)) + 1;
    const taken = await time(() => services.complete(text, place));
    if (round >= 0) completions.push(taken);
  }
  tell(
    'completion in a new text of 1,000 lines, p95',
    '10 ms',
    `${milliseconds(p95(completions))} (p50 ${milliseconds(median(completions))})`,
  );
}

async function measureStart(): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < 9; round++) {
    let server: LanguageProcess | undefined;
    times.push(await time(async () => (server = await startLanguageServer(serverFile))));
    await server?.stop();
  }
  tell('start of the process to its first answer, p50', '300 ms', milliseconds(median(times)));
}

async function measureMemory(): Promise<void> {
  const server = await startLanguageServer(serverFile);
  try {
    for (let index = 0; index < 10; index++) {
      await server.open(`file:///p${index}/MLproject`, project(100));
    }
    const ordinary = await server.memory();
    tell('memory with ten files of 100 lines', '80 MB', megabytes(ordinary));
    const huge = 'file:///huge/MLproject';
    await server.open(huge, project(30_000));
    const most = await server.memory();
    await server.close(huge);
    const after = await server.settledMemory();
    tell(
      'the same after a file of 30,000 lines was open, beyond that',
      '30 MB',
      megabytes(after - ordinary),
    );
    tell('while it was open', '', megabytes(most));
  } finally {
    await server.stop();
  }
}

tell(
  'server.js, gzipped',
  '120 KB',
  `${(gzipSync(await readFile(serverFile), { level: 9 }).length / 1024).toFixed(1)} KB`,
);
await measureServices();
await measureStart();
if (process.platform === 'linux') await measureMemory();

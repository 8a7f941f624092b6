/**
 * Tables of 100 MB in the worker as it is built: how long after the first bytes its first rows can be asked for, and until all is read; sorting,
 * filtering and what is held. The bytes come from memory, in pieces of 1 MB, as a store gives them. Needs Node 24 and about half a minute.
 */
import path from 'node:path';
import { root } from '../scripts/paths.mts';
import type { RemoteTable, TablesClient } from '../src/tables/tablesClient.ts';
import { bundleSources } from './bundleSources.mts';

const rows = 1_000_000;
const pieceSize = 2 ** 20;

/** A million rows of ten columns: about 100 MB. */
function csv(): Buffer {
  const lines = ['id,loss,accuracy,name,split,day,note,a,b,c'];
  for (let row = 0; row < rows; row++) {
    const loss = Math.abs(Math.sin(row * 12.9898)).toFixed(10);
    const accuracy = Math.abs(Math.cos(row)).toFixed(8);
    const name = `run-${(row * 7919) % 100_003}`;
    const day = `2026-0${1 + (row % 9)}-1${row % 10}`;
    const note = row % 13 === 0 ? '"said ""so"", twice"' : 'plain words here';
    lines.push(
      `${row},${loss},${accuracy},${name},val,${day},${note},${row % 97}.25,${-row},${(row * row) % 1000}`,
    );
  }
  return Buffer.from(lines.join('\n'));
}

/** The extension host's end, with the worker that the build made. */
async function startTables(): Promise<TablesClient> {
  const folder = path.join(root, 'out-test', 'bench');
  const worker = JSON.stringify(path.join(root, 'dist', 'tableWorker.js'));
  const { exported } = await bundleSources<{ readonly tables: () => TablesClient }>(
    folder,
    () => `
      import { TablesClient } from './src/tables/tablesClient';
      export const tables = () => new TablesClient(${worker}, log);`,
  );
  return exported.tables();
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const result = await work();
  console.log(`${what.padEnd(60)} ${(performance.now() - began).toFixed(0).padStart(7)} ms`);
  return result;
}

const content = csv();
const size = content.length;
console.log(`${(size / 2 ** 20).toFixed(0)} MB, ${rows} rows of 10 columns`);
globalThis.gc?.();
const idle = process.memoryUsage().rss;
const tables = await startTables();
const held: RemoteTable = tables.add();
const { id: table } = held;
const client = held.client();
const open = { table, format: 'text', name: 'bench.csv', options: {} } as const;
const area = { arrangement: 0, fromRow: 0, toRow: 64, fromColumn: 0, toColumn: 10 };

await client.call('open', open);
const began = performance.now();
for (let from = 0; from < size; from += pieceSize) {
  const piece = new Uint8Array(content.subarray(from, from + pieceSize));
  await client.call('add', { table, piece, size });
  if (from > 0) continue;
  await client.call('window', { table, area });
  console.log(`first rows after their bytes: ${(performance.now() - began).toFixed(0)} ms`);
}
await client.call('end', { table, whole: true });
console.log(`all rows: ${(performance.now() - began).toFixed(0)} ms`);
const memory = (process.memoryUsage().rss - idle) / 2 ** 20;
console.log(`memory: ${memory.toFixed(0)} MB for ${(size / 2 ** 20).toFixed(0)} MB of text`);

const arrange = (column: number | undefined, filter: string) => () =>
  client.call('arrange', {
    ...{ table, filter, locale: 'en' },
    sort: column === undefined ? [] : [{ column, descending: true }],
  });
await timed('sort by a column of numbers', arrange(1, ''));
await timed('sort by it again', arrange(1, ''));
await timed('sort by a column of 100,000 texts', arrange(3, ''));
await timed('sort by a column of dates', arrange(5, ''));
await timed(
  'filter: accuracy > 0.99 and split = val',
  arrange(undefined, 'accuracy > 0.99 and split = val'),
);
await timed('filter: a text in any cell', arrange(undefined, 'run-777'));
await timed('summary of a column of numbers', () => client.call('summary', { table, column: 1 }));
const sorting = arrange(3, 'plain')();
const windows: number[] = [];
for (let at = 0; at < 20; at++) {
  const asked = performance.now();
  await client.call('window', { table, area });
  windows.push(performance.now() - asked);
}
console.log(
  `a window while that is sorted and filtered, longest: ${Math.max(...windows).toFixed(0)} ms`,
);
await sorting;
tables.dispose();

import { Session as Inspector, type Profiler } from 'node:inspector/promises';
import { createRequire } from 'node:module';

import * as vscode from 'vscode';

import type { TestAccess } from '../src/extension';

/** Runs in the extension host and prints its figures as one line of JSON. */
export async function run(): Promise<void> {
  const figures = process.env['BENCH_WHAT'] === 'profile' ? await profile() : await activation();
  console.log(`FIGURES ${JSON.stringify(figures)}`);
}

function extension(): vscode.Extension<TestAccess> {
  const found = vscode.extensions.getExtension<TestAccess>('mlflow-workbench.mlflow-workbench');
  if (found === undefined) {
    throw new Error('the extension is not there');
  }
  return found;
}

/** Milliseconds of our own code: reading and running the bundle, and the call of `activate`. */
async function activation(): Promise<Record<string, number>> {
  const ours = extension();
  if (ours.isActive) {
    throw new Error('the extension is active before anything asked for it');
  }
  const main = require.resolve(`${ours.extensionPath}/dist/extension.js`);
  const load = createRequire(main);
  const began = performance.now();
  const { activate } = load(main) as { activate: (context: unknown) => unknown };
  const loaded = performance.now() - began;
  let activated = NaN;
  const cached = require.cache[main];
  if (cached === undefined) {
    throw new Error('the bundle is not in the cache of modules');
  }
  // The editor finds the module that is loaded already, with a watch round its one entry.
  cached.exports = {
    activate: (context: unknown) => {
      const started = performance.now();
      const result = activate(context);
      activated = performance.now() - started;
      return result;
    },
  };
  await ours.activate();
  return { load: loaded, run: activated };
}

async function profile(): Promise<Record<string, number>> {
  const { sessions, sidebar } = await extension().activate();
  const experimentId = process.env['BENCH_EXPERIMENT'] ?? '';
  await vscode.commands.executeCommand('mlflow.experiments.focus');
  const [session] = await sessions.ensure();
  await session?.connection.ensure();
  const runs = session?.experiments?.runs(experimentId);
  if (session === undefined || runs === undefined) {
    throw new Error('no connection');
  }
  const rows = timedRows(sidebar.experimentsTree);
  const recorded = await profiled(500, async () => {
    await runs.list.ensure();
    await sidebar.revealRun(session, experimentId, runs.list.items[0]?.id ?? '');
    while (runs.list.hasMore) {
      await sidebar.loadMore(session, { list: 'runs', experimentId });
    }
    await session.reload();
  });
  const { total } = held(recorded, () => true);
  // Rows are drawn thousands at a time, call after call, which samples cannot tell apart.
  const { longest, during } = held(recorded, (entry) => entry !== 'getTreeItem');
  console.log(`LONGEST ${during}`);
  return { runs: runs.list.size, longest, total, longestRow: rows.longest() };
}

/** Times every single drawing of a row. */
function timedRows(tree: TestAccess['sidebar']['experimentsTree']): { longest(): number } {
  const draw = tree.getTreeItem.bind(tree);
  let longest = 0;
  tree.getTreeItem = function getTreeItem(row) {
    const started = performance.now();
    const item = draw(row);
    longest = Math.max(longest, performance.now() - started);
    return item;
  };
  return { longest: () => longest };
}

async function profiled(
  interval: number,
  work: () => PromiseLike<unknown>,
): Promise<Profiler.Profile> {
  const inspector = new Inspector();
  inspector.connect();
  await inspector.post('Profiler.enable');
  await inspector.post('Profiler.setSamplingInterval', { interval });
  await inspector.post('Profiler.start');
  await work();
  const { profile: recorded } = await inspector.post('Profiler.stop');
  inspector.disconnect();
  return recorded;
}

/**
 * How long samples in a row have a frame of ours on the stack, and all of them together, in
 * milliseconds. Calls that follow each other at once count as one, so this errs upwards.
 *
 * @param counts whether a sample counts whose outermost frame of ours has this name
 */
function held(
  recorded: Profiler.Profile,
  counts: (entry: string) => boolean,
): { longest: number; total: number; during: string } {
  const ours = oursIn(recorded, counts);
  const functionOf = new Map(
    recorded.nodes.map(({ id, callFrame }) => [id, callFrame.functionName]),
  );
  let longest = 0;
  let total = 0;
  let current = 0;
  let during = '';
  let spent = new Map<string, number>();
  (recorded.samples ?? []).forEach((id, index) => {
    const delta = (recorded.timeDeltas?.[index] ?? 0) / 1000;
    if (!ours.has(id)) {
      current = 0;
      spent = new Map();
      return;
    }
    const name = functionOf.get(id) ?? '';
    spent.set(name, (spent.get(name) ?? 0) + delta);
    current += delta;
    total += delta;
    if (current > longest) {
      longest = current;
      during = inWords(spent);
    }
  });
  return { longest, total, during };
}

/** The functions that took most of a piece, as in `update 12 ms, place 3 ms`. */
function inWords(spent: ReadonlyMap<string, number>): string {
  return [...spent]
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, 6)
    .map(([name, time]) => `${name} ${time.toFixed(1)} ms`)
    .join(', ');
}

/** Ids of the profile's nodes below a frame of our bundle; others have a `dist/extension.js`, too. */
function oursIn(recorded: Profiler.Profile, counts: (entry: string) => boolean): Set<number> {
  const bundle = `${extension().extensionPath.replaceAll('\\', '/')}/dist/extension.js`;
  const byId = new Map(recorded.nodes.map((node) => [node.id, node]));
  const ours = new Set<number>();
  const visit = (id: number, inside: boolean): void => {
    const node = byId.get(id);
    const entered = !inside && node?.callFrame.url.endsWith(bundle) === true;
    if (entered && !counts(node.callFrame.functionName)) {
      return;
    }
    if (inside || entered) {
      ours.add(id);
    }
    for (const child of node?.children ?? []) {
      visit(child, inside || entered);
    }
  };
  const rootNode = recorded.nodes[0];
  if (rootNode !== undefined) {
    visit(rootNode.id, false);
  }
  return ours;
}

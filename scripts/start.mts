/**
 * Shows the extension on a real MLflow with real data. With `--headless-check` it looks by itself, prints
 * what it saw and exits with 0 when all was there.
 */
import path from 'node:path';
import { hasDesktopEditor, openDesktopEditor, startWebEditor } from './demoEditor.mts';
import { logDemoData, prepareDemoStore, writeDemoWorkspace } from './demoData.mts';
import { checkWorkbench } from './headlessCheck.mts';
import { startMlflow } from './mlflowServer.mts';
import { demoFolder, root } from './paths.mts';
import { say, step } from './progress.mts';
import { ensurePython } from './pythonEnvironment.mts';
import { runCommand } from './runCommand.mts';
import { ensureTestHost } from './testHost.mts';
import { startTied } from './tiedProcess.mts';
import { withLock } from './withLock.mts';

const headless = process.argv.includes('--headless-check');

/** What was started, to be ended in the opposite order. */
const started: { stop(): Promise<void> }[] = [];
const hold = <T extends { stop(): Promise<void> }>(one: T): T => {
  started.push(one);
  return one;
};

const endAll = async (): Promise<void> => {
  for (const one of started.splice(0).reverse()) await one.stop();
};

/** Resolves when the person, or the system, asks for the end. */
const asked = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => resolve());
});

const open = async (): Promise<number> => {
  const desktop = !headless && hasDesktopEditor();
  await step('building the extension', () =>
    runCommand(process.execPath, ['esbuild.mjs'], { cwd: root }),
  );
  const python = await ensurePython('demo');
  if (!desktop) await ensureTestHost();
  const directory = await prepareDemoStore();
  const server = hold(
    await step('starting mlflow server', () => startMlflow({ python, directory })),
  );
  say(`  MLflow's own pages: ${server.url}`);
  await logDemoData(python, server.url);
  hold(startTied(python, [path.join(root, 'demo', 'liveRun.py'), server.url]));
  const folder = await writeDemoWorkspace(server.url);
  if (desktop) {
    say('› opening VS Code; closing its window, or Ctrl-C here, ends the demo');
    await Promise.race([asked, hold(openDesktopEditor(folder)).exited]);
    return 0;
  }
  const editor = hold(await startWebEditor(folder));
  if (!headless) {
    say(`\nOpen this in a browser; Ctrl-C ends everything:\n\n  ${editor.url}\n`);
    await Promise.race([asked, server.exited]);
    return 0;
  }
  const missing = await checkWorkbench(editor.url);
  for (const sentence of missing) say(`missing: ${sentence}`);
  say(missing.length === 0 ? 'All that was looked for is there.' : 'The check failed.');
  return missing.length === 0 ? 0 : 1;
};

const run = async (): Promise<number> => {
  try {
    return (await Promise.race([open(), asked])) ?? 130;
  } finally {
    if (started.length > 0) say('› ending what was started …');
    await endAll();
  }
};

process.exit(
  await withLock(
    path.join(demoFolder, 'running.lock'),
    run,
    'The demo is open already; end it first.',
  ),
);

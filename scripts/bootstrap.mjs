// The first step of every command: free of dependencies, runs on Node 20, gets Node 24 and hands over to it.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const windows = process.platform === 'win32';
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const cacheFolder = process.env.MLFLOW_WORKBENCH_CACHE ?? path.join(root, '.cache');
const wantedMajor = 24;

const fail = (message) => {
  process.stderr.write(`${message}\n`);
  process.exit(1);
};

/** What npm told the script it runs must not steer the npm that is started for another folder. */
const cleanEnvironment = () =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^npm_(package_|lifecycle_|command$|execpath$|node_execpath$|config_local_prefix$)/.test(
          name,
        ) && name !== 'INIT_CWD',
    ),
  );

const nodeFolder = () => {
  const source = path.join(root, 'tools', 'node');
  const files = ['package.json', 'package-lock.json', '.npmrc'];
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(path.join(source, file)));
  const folder = path.join(cacheFolder, 'node', hash.digest('hex').slice(0, 12));
  if (existsSync(folder)) return folder;
  const start = Date.now();
  process.stdout.write(
    `› installing Node ${wantedMajor} (this is Node ${process.versions.node}) …\n`,
  );
  const making = `${folder}.${process.pid}`;
  mkdirSync(making, { recursive: true });
  for (const file of files) copyFileSync(path.join(source, file), path.join(making, file));
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: making,
    env: cleanEnvironment(),
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: windows,
  });
  if (npm.status !== 0) {
    rmSync(making, { recursive: true, force: true });
    fail(
      'Node 24 could not be installed: `npm ci` in tools/node failed. Is the npm registry reachable?',
    );
  }
  try {
    renameSync(making, folder);
  } catch {
    // Another bootstrap was quicker; its copy is as good.
    rmSync(making, { recursive: true, force: true });
  }
  process.stdout.write(
    `  done: installing Node ${wantedMajor} (${((Date.now() - start) / 1000).toFixed(1)} s)\n`,
  );
  return folder;
};

const node24 = () => {
  if (Number(process.versions.node.split('.')[0]) === wantedMajor) return process.execPath;
  const name = windows ? 'node.exe' : 'node';
  return path.join(nodeFolder(), 'node_modules', 'node', 'bin', name);
};

if (Number(process.versions.node.split('.')[0]) < 20)
  fail(`MLflow Workbench needs Node 20 or newer to build; this is Node ${process.versions.node}.`);
const [command, ...commandArguments] = process.argv.slice(2);
if (command === undefined || !existsSync(path.join(root, 'scripts', `${command}.mts`)))
  fail(
    `Usage: node scripts/bootstrap.mjs <command> [arguments…]; there is no scripts/${command}.mts.`,
  );

const node = node24();
const child = spawn(node, [path.join(root, 'scripts', 'main.mts'), command, ...commandArguments], {
  cwd: root,
  env: {
    ...cleanEnvironment(),
    PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}`,
    // Lets the command notice that this process is gone, however it went.
    MLFLOW_WORKBENCH_PARENT: String(process.pid),
  },
  stdio: 'inherit',
});
// A Ctrl-C in a terminal reaches the child by itself; npm and process managers signal only this process.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => fail(error.message));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));

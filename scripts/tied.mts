import { spawn } from 'node:child_process';

/*
 * Runs a command in a process group of its own and ends the whole group when standard input closes.
 * The parent holds the other end of that pipe, so the group ends with the parent however the parent ends.
 */

const graceMilliseconds = 4_000;
const [command, ...commandArguments] = process.argv.slice(2);
if (command === undefined) throw new Error('Usage: tied.mts <command> [arguments…]');

const windows = process.platform === 'win32';
const child = spawn(command, commandArguments, {
  detached: !windows,
  stdio: ['ignore', 'inherit', 'inherit'],
  windowsHide: true,
});

const signalGroup = (signal: NodeJS.Signals | 0): boolean => {
  if (child.pid === undefined) return false;
  try {
    return process.kill(windows ? child.pid : -child.pid, signal);
  } catch {
    return false;
  }
};

let ending = false;
const endGroup = (exitCode: number): void => {
  if (ending) return;
  ending = true;
  if (windows && child.pid !== undefined)
    spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
  else signalGroup('SIGTERM');
  const deadline = Date.now() + graceMilliseconds;
  const poll = setInterval(() => {
    if (signalGroup(0) && Date.now() < deadline) return;
    clearInterval(poll);
    signalGroup('SIGKILL');
    process.exit(exitCode);
  }, 50);
};

child.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(127);
});
child.on('exit', (code) => endGroup(code ?? 1));
// A Ctrl-C in the terminal reaches this process too; whether to end is the parent's decision.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => endGroup(143));
process.on('SIGHUP', () => endGroup(129));
// Writing to a parent that is gone must not stop the clean-up.
process.stdout.on('error', () => undefined);
process.stdin.on('error', () => endGroup(1));
process.stdin.on('close', () => endGroup(0));
process.stdin.resume();

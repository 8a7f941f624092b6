import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './paths.mts';

/** A process, with all that it starts, that ends with this one. */
export interface TiedProcess {
  /** The last lines of what it printed, both streams, for messages. */
  output(): string;
  /** Resolves with the exit code when it and its whole group are gone. */
  readonly exited: Promise<number>;
  /** Ends the whole group and waits for that. */
  stop(): Promise<void>;
}

/** Where, with what environment, and to whom its lines are told. */
export interface TiedOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly onLine?: (line: string) => void;
}

const keptLines = 200;

/** Starts a command whose whole process group ends with this process, even when that is killed. */
export const startTied = (
  command: string,
  commandArguments: readonly string[],
  options: TiedOptions = {},
): TiedProcess => {
  const child = spawn(
    process.execPath,
    [path.join(root, 'scripts', 'tied.mts'), command, ...commandArguments],
    {
      cwd: options.cwd,
      env: options.env ?? process.env,
      // Out of the terminal's foreground group, where a Ctrl-C would otherwise end it first.
      detached: process.platform !== 'win32',
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    },
  );
  const lines: string[] = [];
  const keep = (line: string): void => {
    lines.push(line);
    if (lines.length > keptLines) lines.shift();
    options.onLine?.(line);
  };
  createInterface({ input: child.stdout }).on('line', keep);
  createInterface({ input: child.stderr }).on('line', keep);
  child.stdin.on('error', () => undefined);
  const exited = new Promise<number>((resolve) => {
    child.on('error', (error) => {
      keep(error.message);
      resolve(127);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
  return {
    output: () => lines.join('\n'),
    exited,
    async stop() {
      child.stdin.end();
      await exited;
    },
  };
};

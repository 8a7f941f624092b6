import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Disposable } from '../base/disposable';
import type { CommandLine, LaunchEnd } from '../projects/launchContracts';
import { endAbandoned } from './endAbandoned';
import { posixKeeper, windowsKeeper } from './keeper';

export interface HandoverOptions {
  /** Whether the process has to end when this one does, however that happens. */
  readonly tied: boolean;
  /** Seconds after SIGINT, after SIGTERM and after SIGKILL of what was started; less where the terminal is gone. */
  readonly patience?: readonly [number, number, number];
  /** Printed before anything else; all of it has to be fit for a terminal. */
  readonly shown?: string;
  readonly platform?: NodeJS.Platform;
}

/** What starts the keeper of a process. Nothing that a person typed is in it, and no secret. */
export interface KeeperStart {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** What a keeper is found again by, when the editor that started it is gone. */
export interface KeeperMark {
  /** Stands in the environment of everything that the keeper has started. */
  readonly token: string;
  /** Process id of the keeper. */
  readonly keeper: number;
}

/** MLflow may have to tell a slow server; a script may have to write what it has. */
const usualPatience = [10, 5, 3] as const;

/** The source stands in the environment: no quotes have to survive a command line, and VS Code shows that of a task that failed. */
const boot = "import os;exec(os.environ.pop('MLFLOW_WORKBENCH_KEEPER'))";

/** Hands a command to a keeper that is started somewhere else, and stays in touch with it. */
export class Handover implements Disposable {
  /** What became of the command; without a code where the keeper went without a word. Never rejects. */
  readonly ended: Promise<LaunchEnd>;
  /** Resolves once a keeper has come for the command; never rejects, and stays open where none comes. */
  readonly mark: Promise<KeeperMark>;
  private socket: Socket | undefined;
  private asked = 0;
  private isDisposed = false;
  private settle: (end: LaunchEnd) => void = () => undefined;
  private tellMark: (mark: KeeperMark) => void = () => undefined;

  private constructor(
    private readonly server: Server,
    private readonly token: string,
    /** Undefined where the keeper has it already. */
    private readonly order: Order | undefined,
    private readonly folder: string | undefined,
  ) {
    this.ended = new Promise((resolve) => {
      this.settle = resolve;
    });
    this.mark = new Promise((resolve) => {
      this.tellMark = resolve;
    });
    server.on('connection', (socket) => this.greet(socket));
    server.on('error', () => this.settle({ code: undefined }));
  }

  /** Waits for a keeper of its own, on a socket that only this user can reach. */
  static async open(line: CommandLine, options: HandoverOptions): Promise<Handover> {
    const isWindows = (options.platform ?? process.platform) === 'win32';
    const folder = isWindows ? undefined : await mkdtemp(join(tmpdir(), 'mlflow-'));
    return new Handover(await listening(folder), randomUUID(), { line, options }, folder);
  }

  /**
   * Waits for a keeper whose editor is gone, which calls once a second. Rejects on Windows, where none does.
   */
  static async resume(token: string): Promise<Handover> {
    if (process.platform === 'win32') {
      throw new Error('keepers do not call back on Windows');
    }
    const folder = backFolder(token);
    // What an editor that was killed has left.
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { mode: 0o700 });
    return new Handover(await listening(folder), token, undefined, folder);
  }

  get start(): KeeperStart {
    const { program = '', cwd = '' } = this.order?.line ?? {};
    const address = this.server.address();
    if (this.folder !== undefined) {
      return {
        program,
        args: ['-I', '-S', '-X', 'utf8', '-c', boot],
        env: {
          MLFLOW_WORKBENCH_LINK: join(this.folder, 's'),
          MLFLOW_WORKBENCH_KEEPER: posixKeeper,
        },
        cwd,
      };
    }
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    return {
      program,
      args: ['-I', '-S', '-X', 'utf8', '-c', boot],
      env: {
        MLFLOW_WORKBENCH_LINK: `127.0.0.1:${port}`,
        MLFLOW_WORKBENCH_TOKEN: this.token,
        MLFLOW_WORKBENCH_KEEPER: windowsKeeper,
      },
      cwd,
    };
  }

  /** Asks the command to end, harder each time. */
  interrupt(): void {
    this.asked += 1;
    this.socket?.write('interrupt\n');
  }

  /** Whether a keeper has come for the command. */
  get isTaken(): boolean {
    return this.socket !== undefined;
  }

  dispose(): void {
    this.isDisposed = true;
    this.server.close();
    this.socket?.destroy();
    this.settle({ code: undefined });
    void this.removeFolder();
  }

  private greet(socket: Socket): void {
    socket.on('error', () => undefined);
    if (this.folder !== undefined) {
      this.take(socket);
      return;
    }
    socket.once('data', (data) => {
      if (data.toString().trim() === this.token) {
        this.take(socket);
      } else {
        socket.destroy();
      }
    });
  }

  private take(socket: Socket): void {
    if (this.socket !== undefined) {
      socket.destroy();
      return;
    }
    this.socket = socket;
    this.server.close();
    void this.removeFolder();
    let words = '';
    socket.on('data', (data) => {
      words += data.toString();
      const [, keeper] = /^\d+ (\d+)\n/.exec(words) ?? [];
      if (keeper !== undefined) {
        this.tellMark({ token: this.token, keeper: Number(keeper) });
      }
    });
    socket.once('close', () => void this.close(words));
    if (this.order !== undefined) {
      socket.write(`${JSON.stringify(this.told(this.order))}\n`);
    }
    socket.write('interrupt\n'.repeat(this.asked));
  }

  private async close(words: string): Promise<void> {
    const [, group, code, asked] = /^(\d+) \d+\n(?:(\d+) (\d+)\n)?/.exec(words) ?? [];
    if (code === undefined && group !== undefined && !this.isDisposed) {
      await endAbandoned(this.token, Number(group)).catch(() => undefined);
    }
    this.settle(
      code === undefined
        ? { code: undefined }
        : { code: Number(code), ...(Number(asked) > 0 && { wasAsked: true }) },
    );
  }

  /** What the keeper is told, in the words that it knows. */
  private told({ line, options }: Order): object {
    const { program, args, env, without = [] } = line;
    const { tied, patience = usualPatience, shown = '' } = options;
    const back = join(backFolder(this.token), 's');
    const about = { id: this.token, tied, back, patience, shown };
    return { ...about, args: [program, ...args], env, without };
  }

  private async removeFolder(): Promise<void> {
    if (this.folder !== undefined) {
      await rm(this.folder, { recursive: true, force: true });
    }
  }
}

interface Order {
  readonly line: CommandLine;
  readonly options: HandoverOptions;
}

/** Where a keeper looks for an editor that takes it up again. */
function backFolder(token: string): string {
  return join(tmpdir(), `mlflow-${token}`);
}

async function listening(folder: string | undefined): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    if (folder === undefined) {
      server.listen(0, '127.0.0.1', resolve);
    } else {
      server.listen(join(folder, 's'), resolve);
    }
  });
  return server;
}

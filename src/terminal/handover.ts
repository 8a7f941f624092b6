import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
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

/** MLflow may have to tell a slow server; a script may have to write what it has. */
const usualPatience = [10, 5, 3] as const;

/** On Windows the source stands in the environment, so that no quotes have to survive a command line. */
const windowsBoot = "import os;exec(os.environ.pop('MLFLOW_WORKBENCH_KEEPER'))";

/** Hands a command to a keeper that is started somewhere else, and stays in touch with it. */
export class Handover implements Disposable {
  /** What became of the command; without a code where the keeper went without a word. Never rejects. */
  readonly ended: Promise<LaunchEnd>;
  private socket: Socket | undefined;
  private asked = 0;
  private isDisposed = false;
  private settle: (end: LaunchEnd) => void = () => undefined;
  private readonly token = randomUUID();

  private constructor(
    private readonly server: Server,
    private readonly line: CommandLine,
    private readonly options: HandoverOptions,
    private readonly folder: string | undefined,
  ) {
    this.ended = new Promise((resolve) => {
      this.settle = resolve;
    });
    server.on('connection', (socket) => this.greet(socket));
    server.on('error', () => this.settle({ code: undefined }));
  }

  /** Waits for a keeper of its own, on a socket that only this user can reach. */
  static async open(line: CommandLine, options: HandoverOptions): Promise<Handover> {
    const isWindows = (options.platform ?? process.platform) === 'win32';
    const folder = isWindows ? undefined : await mkdtemp(join(tmpdir(), 'mlflow-'));
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      if (folder === undefined) {
        server.listen(0, '127.0.0.1', resolve);
      } else {
        server.listen(join(folder, 's'), resolve);
      }
    });
    return new Handover(server, line, options, folder);
  }

  get start(): KeeperStart {
    const { program, cwd } = this.line;
    const address = this.server.address();
    if (this.folder !== undefined) {
      return {
        program,
        args: ['-I', '-S', '-X', 'utf8', '-c', posixKeeper],
        env: { MLFLOW_WORKBENCH_LINK: join(this.folder, 's') },
        cwd,
      };
    }
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    return {
      program,
      args: ['-I', '-S', '-X', 'utf8', '-c', windowsBoot],
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
    });
    socket.once('close', () => {
      const [, group, code] = /^(\d+)\n(?:(\d+)\n)?/.exec(words) ?? [];
      if (code === undefined && group !== undefined && !this.isDisposed) {
        endAbandoned(Number(group), this.token);
      }
      this.settle({ code: code === undefined ? undefined : Number(code) });
    });
    const { program, args, env, without = [] } = this.line;
    const { tied, patience = usualPatience, shown = '' } = this.options;
    const about = { id: this.token, tied, patience, shown };
    const order = { ...about, args: [program, ...args], env, without };
    socket.write(`${JSON.stringify(order)}\n`);
    socket.write('interrupt\n'.repeat(this.asked));
  }

  private async removeFolder(): Promise<void> {
    if (this.folder !== undefined) {
      await rm(this.folder, { recursive: true, force: true });
    }
  }
}

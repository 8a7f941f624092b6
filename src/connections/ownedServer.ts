import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import type { Disposable } from '../base/disposable';
import type { Log } from '../base/log';
import { displayUri } from '../mlflow/trackingUri';
import { schemaCheck, schemaExitCode, schemasIn } from '../host/schemaCheck';

export interface OwnedServerOptions {
  /** A Python that has MLflow. */
  readonly python: string;
  /** The store, as MLflow names it: a database URI or an absolute folder. */
  readonly backend: string;
  /** Where the server runs; relative artifact roots count from here. */
  readonly directory: string;
  /**
   * Folder for the artifacts of new experiments, as MLflow's own client would take it: what the server would put in its
   * place (`mlflow-artifacts:`) cannot be used by a script that works with the store itself.
   */
  readonly artifactRoot: string;
  /** Path of the database, where it is one of SQLite: it is not opened by an MLflow that would migrate it. */
  readonly database: string | undefined;
  readonly log: Log;
}

/**
 * Starts `mlflow server` and waits at its own standard input: when that ends, because the editor
 * ended in whatever way, the server's whole process group ends too.
 */
const keeper = `
import os, signal, subprocess, sys, threading
${schemaCheck}group = {} if os.name == "nt" else {"start_new_session": True}
server = subprocess.Popen([sys.executable, "-m", "mlflow", "server", *sys.argv[1:]], stdin=subprocess.DEVNULL, **group)
def end():
    if os.name == "nt":
        subprocess.call(["taskkill", "/T", "/F", "/PID", str(server.pid)], stdout=subprocess.DEVNULL)
        return
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(server.pid, sign)
            server.wait(5)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            pass
def watch():
    sys.stdin.buffer.read()
    end()
    os._exit(0)
threading.Thread(target=watch, daemon=True).start()
signal.signal(signal.SIGTERM, lambda *_: (end(), os._exit(0)))
signal.signal(signal.SIGINT, signal.SIG_IGN)
code = server.wait()
end()
os._exit(code)
`;

const startLimit = 90_000;
const pollInterval = 100;
const keptOutput = 4000;
/** A process may end before what it wrote has arrived. */
const lastWordsLimit = 1000;

/** The server ended, or stayed silent, before it could be used; the message is its own last line. */
export class ServerStartError extends Error {}

/** The database has another schema than the MLflow that was found works with, which would change it for good. */
export class OtherSchemaError extends ServerStartError {
  constructor(
    readonly found: string,
    readonly wanted: string,
  ) {
    super(`the schema is ${found}, not ${wanted}`);
  }
}

/** An `mlflow server` of our own, on a free loopback port, for a store that has no server. */
export class OwnedServer implements Disposable {
  private output = '';
  private exitCode: number | null | undefined;
  private readonly allSaid: Promise<void>;

  private constructor(
    private readonly process: ChildProcess,
    readonly url: string,
    private readonly backend: string,
    private readonly log: Log,
  ) {
    const collect = (data: Buffer): void => {
      this.output = withoutPassword(this.output + data.toString(), this.backend).slice(-keptOutput);
    };
    process.stdout?.on('data', collect);
    process.stderr?.on('data', collect);
    this.allSaid = new Promise((resolve) => process.once('close', () => resolve()));
    process.once('error', (error) => {
      this.output += error.message;
      this.exitCode = null;
    });
    process.once('exit', (code) => {
      this.exitCode = code;
      this.log.info(`mlflow server at ${this.url} ended (${String(code)})`);
    });
  }

  get hasEnded(): boolean {
    return this.exitCode !== undefined;
  }

  /** Resolves once the server answers; rejects with a {@link ServerStartError} when it does not come up. */
  static async start(options: OwnedServerOptions, signal: AbortSignal): Promise<OwnedServer> {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    options.log.info(`starting mlflow server for ${displayUri(options.backend)} at ${url}`);
    const process = spawn(
      options.python,
      [
        ...['-c', keeper, '--host', '127.0.0.1', '--port', String(port), '--workers', '1'],
        ...['--default-artifact-root', options.artifactRoot],
      ],
      {
        cwd: options.directory,
        env: serverEnvironment(options.backend, options.database),
        stdio: ['pipe', 'pipe', 'pipe'],
        windowsHide: true,
      },
    );
    const server = new OwnedServer(process, url, options.backend, options.log);
    try {
      await server.untilHealthy(signal);
      return server;
    } catch (error) {
      server.dispose();
      throw error;
    }
  }

  dispose(): void {
    this.process.stdin?.destroy();
  }

  private async untilHealthy(signal: AbortSignal): Promise<void> {
    const deadline = Date.now() + startLimit;
    while (Date.now() < deadline) {
      signal.throwIfAborted();
      if (this.hasEnded) {
        await Promise.race([this.allSaid, delay(lastWordsLimit)]);
        const schemas = this.exitCode === schemaExitCode ? schemasIn(this.output) : undefined;
        if (schemas !== undefined) {
          throw new OtherSchemaError(schemas.found, schemas.wanted);
        }
        throw this.failure(lastLine(this.output));
      }
      if (await isHealthy(this.url, signal)) {
        return;
      }
      await delay(pollInterval, undefined, { signal });
    }
    throw this.failure(`no answer within ${startLimit / 1000} s`);
  }

  private failure(reason: string): ServerStartError {
    this.log.error(`mlflow server did not start: ${this.output}`);
    return new ServerStartError(reason);
  }
}

/** Takes the password of a database URI, as written and as meant, out of what the server wrote. */
function withoutPassword(text: string, backend: string): string {
  const beforeHost = /^[^:]+:\/\/[^/@:]*:(.+)@[^@]*$/.exec(backend)?.[1];
  const inQuery = [...backend.matchAll(/[?&](?:ssl)?password=([^&#]+)/gi)].map(
    ([, value]) => value,
  );
  let clean = text;
  for (const password of [beforeHost, ...inQuery]) {
    if (password !== undefined) {
      clean = clean.replaceAll(password, '***').replaceAll(decoded(password), '***');
    }
  }
  return clean;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The store goes into the environment, since a database URI may hold a password. */
function serverEnvironment(backend: string, database = ''): NodeJS.ProcessEnv {
  const environment = { ...process.env };
  delete environment['MLFLOW_TRACKING_URI'];
  delete environment['MLFLOW_REGISTRY_URI'];
  delete environment['MLFLOW_STATIC_PREFIX'];
  return {
    ...environment,
    MLFLOW_BACKEND_STORE_URI: backend,
    MLFLOW_REGISTRY_STORE_URI: backend,
    MLFLOW_WORKBENCH_DATABASE: database,
    MLFLOW_ALLOW_FILE_STORE: 'true',
    // A file of the project named like a module of Python's must not take its place (Python 3.11).
    PYTHONSAFEPATH: '1',
    MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false',
  };
}

async function isHealthy(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const reply = await fetch(`${url}/health`, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(2000)]),
    });
    return reply.ok && (await reply.text()).trim() === 'OK';
  } catch {
    signal.throwIfAborted();
    return false;
  }
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1)?.trim() ?? '';
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

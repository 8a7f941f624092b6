import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './freePort.mts';
import { startTied, type TiedProcess } from './tiedProcess.mts';

/** What a tracking server is started with. */
export interface MlflowServerOptions {
  /** A Python that has MLflow, as `ensurePython` gives it. */
  readonly python: string;
  /** Where database and artifacts lie; made when missing. */
  readonly directory: string;
  /** A backend store URI; without it `mlflow.db` in the directory. */
  readonly backend?: string;
  /** As in `/mlflow`: what every path starts with. */
  readonly staticPrefix?: string;
  /** Serves https (MLflow 3); with `clientAuthority`, to clients with a certificate of that one alone. */
  readonly tls?: { readonly cert: string; readonly key: string; readonly clientAuthority?: string };
  /** A port to take; without it a free one. */
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly extraArguments?: readonly string[];
  /** How long it may take until it answers. */
  readonly timeoutMilliseconds?: number;
}

/** A running `mlflow server` on the loopback address. */
export interface MlflowServer {
  /** The tracking URI: origin and static prefix, without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** Its last lines. */
  output(): string;
  /** Resolves when it is gone. */
  readonly exited: Promise<number>;
  stop(): Promise<void>;
}

const environment = (python: string): NodeJS.ProcessEnv => {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('MLFLOW_'));
  return {
    ...Object.fromEntries(kept),
    PATH: `${path.dirname(python)}${path.delimiter}${process.env['PATH'] ?? ''}`,
    PYTHONUNBUFFERED: '1',
    PYTHONWARNINGS: 'ignore',
    // One helper process less, and half the memory (MLflow 3).
    MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false',
    MLFLOW_DISABLE_TELEMETRY: 'true',
    DO_NOT_TRACK: 'true',
  };
};

/** Paths of PEM files. */
const tlsArguments = (tls: MlflowServerOptions['tls']): readonly string[] => {
  if (tls === undefined) return [];
  const { cert, key, clientAuthority } = tls;
  const ofClients =
    clientAuthority === undefined ? '' : ` --ssl-cert-reqs 2 --ssl-ca-certs ${clientAuthority}`;
  return ['--uvicorn-opts', `--ssl-certfile ${cert} --ssl-keyfile ${key}${ofClients}`];
};

const answers = async (url: string): Promise<boolean> => {
  try {
    const reply = await fetch(`${url}/health`, { signal: AbortSignal.timeout(2_000) });
    return reply.ok && (await reply.text()).trim() === 'OK';
  } catch {
    return false;
  }
};

const untilHealthy = async (
  server: TiedProcess,
  isHealthy: () => Promise<boolean>,
  timeout: number,
): Promise<void> => {
  let gone = false;
  void server.exited.then(() => (gone = true));
  const deadline = Date.now() + timeout;
  while (!gone && Date.now() < deadline) {
    if (await isHealthy()) return;
    await delay(100);
  }
  await server.stop();
  throw new Error(`mlflow server ${gone ? 'ended' : 'did not answer'}:\n${server.output()}`);
};

/**
 * Starts a real `mlflow server` with one worker and proxied artifacts, and waits until it answers. It
 * ends with this process.
 */
export const startMlflow = async (options: MlflowServerOptions): Promise<MlflowServer> => {
  const directory = path.resolve(options.directory);
  await mkdir(path.join(directory, 'artifacts'), { recursive: true });
  const port = options.port ?? (await freePort());
  const origin = `${options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`;
  const url = `${origin}${options.staticPrefix ?? ''}`;
  const database = path.join(directory, 'mlflow.db').replaceAll(path.sep, '/');
  const server = startTied(
    options.python,
    [
      '-m',
      'mlflow',
      'server',
      ...['--host', '127.0.0.1', '--port', String(port), '--workers', '1'],
      ...['--backend-store-uri', options.backend ?? `sqlite:///${database}`],
      ...['--serve-artifacts', '--artifacts-destination', path.join(directory, 'artifacts')],
      ...(options.staticPrefix === undefined ? [] : ['--static-prefix', options.staticPrefix]),
      ...tlsArguments(options.tls),
      ...(options.extraArguments ?? []),
    ],
    { cwd: directory, env: { ...environment(options.python), ...options.env } },
  );
  const isHealthy = async (): Promise<boolean> =>
    options.tls === undefined
      ? // MLflow 2 leaves /health at the root behind a static prefix, MLflow 3 moves it.
        (await answers(url)) || answers(origin)
      : server.output().includes('Application startup complete');
  await untilHealthy(server, isHealthy, options.timeoutMilliseconds ?? 90_000);
  return {
    url,
    port,
    output: () => server.output(),
    exited: server.exited,
    stop: () => server.stop(),
  };
};

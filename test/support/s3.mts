import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '../../scripts/paths.mts';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { ensurePythonExtras } from '../../scripts/pythonExtras.mts';
import { startTied } from '../../scripts/tiedProcess.mts';

/** What S3 was asked. */
export interface S3Request {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A real S3 in memory, which ends with this process. */
export interface S3 {
  readonly origin: string;
  /** What MLflow, a server or its client, reaches it with. */
  readonly env: Readonly<Record<string, string>>;
  /** A folder for `PYTHONPATH` with what MLflow needs for it. */
  readonly packages: string;
  /** All that it was asked so far, in order. */
  readonly requests: readonly S3Request[];
  stop(): Promise<void>;
}

/** Starts moto's S3 on a free port of the loopback address, with one empty bucket. */
export async function startS3(bucket: string): Promise<S3> {
  const python = await ensurePython('demo');
  const packages = await ensurePythonExtras(python, 'test/support/s3-requirements.txt');
  const requests: S3Request[] = [];
  let port: string | undefined;
  const server = startTied(python, [path.join(root, 'test/support/s3.py'), bucket], {
    env: { ...process.env, PYTHONPATH: packages },
    onLine: (line) => {
      port ??= /^listening (\d+)$/.exec(line)?.[1];
      if (line.startsWith('{')) requests.push(JSON.parse(line) as S3Request);
    },
  });
  let gone = false;
  void server.exited.then(() => (gone = true));
  for (const deadline = Date.now() + 60_000; !gone && Date.now() < deadline; await delay(20)) {
    if (port !== undefined) {
      const origin = `http://127.0.0.1:${port}`;
      return { origin, env: environment(origin), packages, requests, stop: () => server.stop() };
    }
  }
  await server.stop();
  throw new Error(`S3 did not start:\n${server.output()}`);
}

function environment(origin: string): Readonly<Record<string, string>> {
  return {
    MLFLOW_S3_ENDPOINT_URL: origin,
    AWS_ACCESS_KEY_ID: 'of-the-test',
    AWS_SECRET_ACCESS_KEY: 'of-the-test',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_CONFIG_FILE: path.join(root, 'none'),
    AWS_SHARED_CREDENTIALS_FILE: path.join(root, 'none'),
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

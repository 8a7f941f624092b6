import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type MlflowServer, startMlflow } from '../../scripts/mlflowServer.mts';
import { root } from '../../scripts/paths.mts';
import { type PythonEnvironmentName, ensurePython } from '../../scripts/pythonEnvironment.mts';
import { ensurePythonExtras } from '../../scripts/pythonExtras.mts';
import { runCommand } from '../../scripts/runCommand.mts';
import { type S3, startS3 } from './s3.mts';
import { SeededRandom } from './seededRandom';
import { type Sftp, startSftp } from './sftp.mts';

/** What Python logged in one experiment. */
export interface LoggedArtifacts {
  readonly runId: string;
  /** Where the run's artifacts lie, as the server says. */
  readonly rootUri: string;
  /** A logged model with the same files. */
  readonly modelId?: string;
  /** A version of the model of the experiment's name, with what lies in `data`. */
  readonly version?: string;
}

/** MLflow servers whose artifacts lie elsewhere. */
export interface ArtifactServers {
  readonly s3: S3;
  readonly url: Readonly<Record<ArtifactServerName, string>>;
  readonly logged: Readonly<Record<ArtifactCase, LoggedArtifacts>>;
  /** The folders that were logged: names that every way carries, and names that need a way of their own. */
  readonly plain: string;
  readonly odd: string;
  stop(): Promise<void>;
}

const bucket = 'runs';

/** `presigned` is MLflow 3.18.0 with `--artifacts-presigned-only`; `unserved` 3.17.2, which can reach nothing. */
export type ArtifactServerName = 'mlflow3' | 'mlflow2' | 'presigned' | 'unserved';

interface Case {
  readonly server: ArtifactServerName;
  /** Where artifacts lie; absent for the server's own choice. */
  readonly location?: 's3' | 'sftp' | 'sftp:/nowhere' | 'mlflow-artifacts:/elsewhere';
  readonly folders: readonly ('plain' | 'odd')[];
  readonly models?: true;
}

const cases = {
  'proxied S3 of 3': { server: 'mlflow3', folders: ['plain'], models: true },
  'S3 of 3': { server: 'mlflow3', location: 's3', folders: ['plain', 'odd'], models: true },
  'SFTP of 3': { server: 'mlflow3', location: 'sftp', folders: ['plain'] },
  'proxied S3 of 2': { server: 'mlflow2', folders: ['plain'] },
  'S3 of 2': { server: 'mlflow2', location: 's3', folders: ['plain', 'odd'] },
  'SFTP of 2': { server: 'mlflow2', location: 'sftp', folders: ['plain'] },
  'proxied S3, presigned': { server: 'presigned', folders: ['plain'], models: true },
  'S3, presigned': { server: 'presigned', location: 's3', folders: ['plain'], models: true },
  'S3 without boto3': { server: 'unserved', location: 's3', folders: ['plain'] },
  'SFTP with paramiko 4': { server: 'unserved', location: 'sftp', folders: ['plain'] },
  'an odd form of SFTP': { server: 'unserved', location: 'sftp:/nowhere', folders: [] },
  'a proxy that does not serve': {
    server: 'unserved',
    location: 'mlflow-artifacts:/elsewhere',
    folders: [],
  },
} as const satisfies Readonly<Record<string, Case>>;

/** One experiment on one of the servers. */
export type ArtifactCase = keyof typeof cases;

/** Starts S3, SFTP and the servers side by side, and has Python log the same files everywhere. */
export async function startArtifactServers(): Promise<ArtifactServers> {
  const folder = await mkdtemp(path.join(tmpdir(), 'artifact-servers-'));
  const [plain, odd] = [path.join(folder, 'plain'), path.join(folder, 'odd')];
  await writeFiles(plain, plainFiles());
  await writeFiles(odd, oddFiles());
  const [s3, sftp] = await Promise.all([startS3(bucket), startSftp()]);
  const started: MlflowServer[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((server) => server.stop()));
    await Promise.all([s3.stop(), sftp.stop()]);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const servers = await startServers(folder, s3, sftp, started);
    const logged = await logEverywhere(folder, servers, s3, sftp);
    const urls = Object.entries(servers).map(([name, server]) => [name, server.url]);
    const url = Object.fromEntries(urls) as ArtifactServers['url'];
    return { s3, url, logged, plain, odd, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Python itself logs the files. */
async function logEverywhere(
  folder: string,
  servers: Servers,
  s3: S3,
  sftp: Sftp,
): Promise<ArtifactServers['logged']> {
  const orders = Object.entries<Case>(cases).map(([name, each]) => ({
    uri: servers[each.server].url,
    name,
    location: locationOf(each, name, sftp),
    folders: each.folders.map((kind) => path.join(folder, kind)),
    models: each.models === true,
  }));
  const python = await ensurePython('demo');
  const script = path.join(root, 'test/support/artifactServers.py');
  const found = await packages('presigned', s3, sftp);
  const printed = await runCommand(python, [script, JSON.stringify(orders)], {
    env: { ...process.env, ...s3.env, ...sftp.env, ...found, PYTHONWARNINGS: 'ignore' },
  });
  const made = JSON.parse(printed.split('\n').at(-1) ?? '') as readonly LoggedArtifacts[];
  const logged = Object.keys(cases).map((name, index) => [name, made[index]]);
  return Object.fromEntries(logged) as ArtifactServers['logged'];
}

export function serverOf(name: ArtifactCase): ArtifactServerName {
  return cases[name].server;
}

type Servers = Readonly<Record<ArtifactServerName, MlflowServer>>;

async function startServers(
  folder: string,
  s3: S3,
  sftp: Sftp,
  started: MlflowServer[],
): Promise<Servers> {
  const start = async (
    name: ArtifactServerName,
    environment: PythonEnvironmentName,
    extraArguments: readonly string[],
  ): Promise<MlflowServer> => {
    const server = await startMlflow({
      python: await ensurePython(environment),
      directory: path.join(folder, name),
      env: {
        ...s3.env,
        ...sftp.env,
        ...(await packages(name, s3, sftp)),
        MLFLOW_ALLOWED_HOST_ADDRESSED_ARTIFACT_SCHEMES: 'sftp',
      },
      extraArguments,
      // Four of them start at once, beside whatever else runs.
      timeoutMilliseconds: 240_000,
    });
    started.push(server);
    return server;
  };
  const toS3 = (name: string): string[] => ['--artifacts-destination', `s3://${bucket}/${name}`];
  const [mlflow3, mlflow2, presigned, unserved] = await Promise.all([
    start('mlflow3', 'demo', toS3('mlflow3')),
    start('mlflow2', 'mlflow2', toS3('mlflow2')),
    start('presigned', 'demo', [...toS3('presigned'), '--artifacts-presigned-only']),
    start('unserved', 'demo', ['--no-serve-artifacts']),
  ]);
  return { mlflow3, mlflow2, presigned, unserved };
}

/** Which Python packages a server finds besides those of its environment. */
async function packages(
  name: ArtifactServerName,
  s3: S3,
  sftp: Sftp,
): Promise<{ readonly PYTHONPATH: string }> {
  const python = await ensurePython('demo');
  const extra = (which: string): Promise<string> =>
    ensurePythonExtras(python, `test/support/${which}-requirements.txt`);
  const both = [s3.packages, sftp.packages];
  const folders =
    name === 'unserved'
      ? [await extra('sftpNewest')]
      : name === 'presigned'
        ? [await extra('presigned'), ...both]
        : both;
  return { PYTHONPATH: folders.join(path.delimiter) };
}

function locationOf({ location }: Case, name: string, sftp: Sftp): string | null {
  const own = name.replace(/\W+/g, '-');
  if (location === 's3') return `s3://${bucket}/direct/${own}`;
  return location === 'sftp' ? `${sftp.uri}/${own}` : (location ?? null);
}

type Files = Readonly<Record<string, Uint8Array>>;

function plainFiles(): Files {
  const random = new SeededRandom(8);
  const big = Uint8Array.from({ length: 3_000_000 }, () => random.below(256));
  return {
    'notes.txt': Buffer.from('첫째 줄\nsecond line\r\n'),
    empty: new Uint8Array(),
    'big.bin': big,
    'data/한글 이름.csv': Buffer.from('가,나\n1,2\n'),
    "data/deeper/it's +1 & =2;3,4~5.txt": Buffer.from([0xff, 0xfe, 0, 10, 13]),
  };
}

/** MLflow's own client cuts or refuses these on their way through a server. */
function oddFiles(): Files {
  const names = ['hash #1.txt', 'what?.txt', 'percent %41.txt', '100%.txt', 'back\\slash.txt'];
  return Object.fromEntries(names.map((name) => [`odd/${name}`, Buffer.from(name)]));
}

async function writeFiles(folder: string, files: Files): Promise<void> {
  for (const [name, bytes] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
}

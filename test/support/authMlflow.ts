import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startMlflow } from '../../scripts/mlflowServer.mts';
import { type PythonEnvironmentName, ensurePython } from '../../scripts/pythonEnvironment.mts';
import { ensurePythonExtras } from '../../scripts/pythonExtras.mts';

/** A user name and its password. */
export interface Login {
  readonly user: string;
  readonly password: string;
}

/** A real MLflow with its own basic-auth app. */
export interface AuthMlflow {
  readonly url: string;
  /** May do everything. */
  readonly admin: Login;
  /** May read what others made, and no more. */
  readonly reader: Login;
  /** Calls MLflow's REST API as the admin. */
  call<T>(name: string, body: object): Promise<T>;
  stop(): Promise<void>;
}

/** Passwords with everything in them that an encoding could break. */
const reader: Login = { user: 'reader', password: 'pass:wörd /?#@ 한글 %41' };

export async function startAuthMlflow(environment: PythonEnvironmentName): Promise<AuthMlflow> {
  const python = await ensurePython(environment);
  const directory = await mkdtemp(path.join(tmpdir(), 'auth-mlflow-'));
  // MLflow 2 takes no other one at its first start.
  const password = environment === 'mlflow2' ? 'password1234' : 'first-Password-of-the-admin';
  const admin: Login = { user: 'admin', password };
  const server = await startMlflow({
    python,
    directory,
    extraArguments: ['--app-name', 'basic-auth'],
    env: {
      PYTHONPATH: await ensurePythonExtras(python, 'test/support/auth-requirements.txt'),
      MLFLOW_FLASK_SERVER_SECRET_KEY: 'of the test',
      MLFLOW_AUTH_ADMIN_PASSWORD: password,
    },
  });
  const call = async <T>(name: string, body: object): Promise<T> => {
    const reply = await fetch(`${server.url}/api/2.0/mlflow/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: basic(admin) },
      body: JSON.stringify(body),
    });
    if (!reply.ok) throw new Error(`${name}: ${reply.status} ${await reply.text()}`);
    return (await reply.json()) as T;
  };
  await call('users/create', { username: reader.user, password: reader.password });
  return {
    url: server.url,
    admin,
    reader,
    call,
    async stop() {
      await server.stop();
      await rm(directory, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

export function basic({ user, password }: Login): string {
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}

import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../../../src/base/log';
import { OwnedServer, ServerStartError } from '../../../src/connections/ownedServer';

const backend = 'postgresql://me:s3%20cret@host/db';
const never = new AbortController().signal;

/** Stands in for Python and `mlflow server`: serves what it was started with until its input ends. */
const server = `
  process.stdin.on('end', () => process.exit(0)).resume();
  const { argv, env } = process;
  require('node:http')
    .createServer((request, reply) =>
      reply.end(request.url === '/health' ? 'OK' : JSON.stringify({ argv, env })))
    .listen(Number(argv[argv.indexOf('--port') + 1]), '127.0.0.1');
`;

describe('OwnedServer', () => {
  let directory: string;
  let logged: string[];
  let log: Log;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'workbench-'));
    logged = [];
    const write = (message: string): void => {
      logged.push(message);
    };
    log = { debug: write, info: write, warn: write, error: write };
  });

  afterEach(() => rm(directory, { recursive: true }));

  /** A program that stands in for Python. */
  async function program(source: string): Promise<string> {
    const path = join(directory, 'python');
    await writeFile(path, `#!${process.execPath}\n${source}`);
    await chmod(path, 0o755);
    return path;
  }

  function start(python: string, signal = never, store = backend): Promise<OwnedServer> {
    return OwnedServer.start(
      { python, backend: store, directory, artifactRoot: '/runs', database: undefined, log },
      signal,
    );
  }

  /** Waits until the log says that the server's process ended. */
  async function ended(owned: OwnedServer): Promise<void> {
    while (!owned.hasEnded) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  it('keeps the store’s password out of arguments and log', async () => {
    const owned = await start(await program(server));
    try {
      const reply = (await (await fetch(owned.url)).json()) as {
        argv: string[];
        env: Record<string, string>;
      };
      assert.equal(reply.env['MLFLOW_BACKEND_STORE_URI'], backend);
      assert.equal(reply.env['MLFLOW_TRACKING_URI'], undefined);
      assert.ok(reply.argv.includes('127.0.0.1'));
      assert.doesNotMatch(reply.argv.join(' ') + logged.join(' '), /s3(?:%20| )cret/);
    } finally {
      owned.dispose();
      await ended(owned);
    }
  });

  it('ends its process when it is disposed', async () => {
    const owned = await start(await program(server));
    assert.equal(owned.hasEnded, false);
    owned.dispose();
    owned.dispose();
    await ended(owned);
    await assert.rejects(fetch(owned.url));
  });

  it('says the server’s last words when it ends early, without the password', async () => {
    const python = await program(
      `console.error('s3 cret is wrong for ${backend}\\n'); process.exit(1);`,
    );
    await assert.rejects(start(python), (error: unknown) => {
      assert.ok(error instanceof ServerStartError);
      assert.equal(error.message, '*** is wrong for postgresql://me:***@host/db');
      return true;
    });
    assert.doesNotMatch(logged.join(' '), /s3(?:%20| )cret/);
  });

  it('keeps a password of the query out of the log', async () => {
    const python = await program(`console.error('pw1 and pw2 are wrong'); process.exit(1);`);
    const options = 'mysql://host/db?password=pw1&ssl=on&sslpassword=pw2';
    await assert.rejects(start(python, undefined, options), /\*\*\* and \*\*\* are wrong/);
    assert.doesNotMatch(logged.join(' '), /pw[12]/);
  });

  it('says that the interpreter does not exist', async () => {
    await assert.rejects(start(join(directory, 'nowhere')), (error: unknown) => {
      assert.ok(error instanceof ServerStartError);
      assert.match(error.message, /ENOENT/);
      return true;
    });
  });

  it('gives up, and ends what it started, when the signal fires', async () => {
    const controller = new AbortController();
    const python = await program(`
      process.stdin.on('end', () => process.exit(7)).resume();
    `);
    const starting = start(python, controller.signal);
    controller.abort();
    await assert.rejects(starting, { name: 'AbortError' });
    while (!logged.some((line) => line.includes('ended ('))) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  });
});

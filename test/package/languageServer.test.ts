import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';

describe('the language server as other editors use it', () => {
  let child: ChildProcess;
  let connection: ProtocolConnection;
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'language-server-'));
    child = spawn(process.execPath, ['dist/server.js', '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    assert.ok(child.stdout && child.stdin);
    connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    connection.listen();
    await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: {},
    });
  });

  afterEach(async () => {
    if (child.exitCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await rm(folder, { recursive: true });
  });

  it('looks at the disk and says what is wrong', async () => {
    await writeFile(path.join(folder, 'there.txt'), '');
    const shown = new Promise<PublishDiagnosticsParams>((resolve) => {
      connection.onNotification('textDocument/publishDiagnostics', resolve);
    });
    const uri = pathToFileURL(path.join(folder, 'python_env.yaml')).href;
    const text = 'python: "3.11.9"\ndependencies: [-r there.txt, -r missing.txt]\n';
    await connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'yaml', version: 1, text },
    });
    const { diagnostics } = await shown;
    assert.deepEqual(
      diagnostics.map(({ message }) => message),
      ["No such file or directory: 'missing.txt'"],
    );
  });

  it('ends when it is told to', async () => {
    const ended = once(child, 'exit');
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    assert.deepEqual(await ended, [0, null]);
  });

  it('ends when the editor has gone without a word', async () => {
    const ended = once(child, 'exit');
    connection.dispose();
    child.stdin?.destroy();
    const [code] = (await ended) as [number];
    assert.equal(code, 1);
  });
});

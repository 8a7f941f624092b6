import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import {
  createProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';

/** A language server in a process of its own, spoken to on its standard streams. */
export interface LanguageProcess {
  /** Resolves when something was said about the text. */
  open(uri: string, text: string): Promise<void>;
  close(uri: string): Promise<void>;
  /** Bytes of the process that are in memory. */
  memory(): Promise<number>;
  /** The least of them in the seconds to come. */
  settledMemory(): Promise<number>;
  stop(): Promise<void>;
}

/** Resolves with the answer to the first request. */
export async function startLanguageServer(file: string): Promise<LanguageProcess> {
  const child = spawn(process.execPath, [file, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const waiting = new Map<string, () => void>();
  connection.onNotification('textDocument/publishDiagnostics', (params) => {
    waiting.get((params as PublishDiagnosticsParams).uri)?.();
  });
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
  });
  const memory = async (): Promise<number> => {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
  };
  return {
    memory,
    async open(uri, text) {
      const shown = new Promise<void>((resolve) => waiting.set(uri, resolve));
      const textDocument = { uri, languageId: 'mlproject', version: 1, text };
      await connection.sendNotification('textDocument/didOpen', { textDocument });
      await shown;
    },
    close: (uri) => connection.sendNotification('textDocument/didClose', { textDocument: { uri } }),
    async settledMemory() {
      let least = Infinity;
      for (let second = 0; second < 10; second++) {
        await delay(1_000);
        least = Math.min(least, await memory());
      }
      return least;
    },
    async stop() {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      await ended;
    },
  };
}

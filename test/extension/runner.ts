import { readdirSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import * as vscode from 'vscode';

/**
 * Called by VS Code in its extension host: runs every test bundle that lies beside this one. Rejects
 * when a test fails.
 */
export async function run(): Promise<void> {
  const { default: Mocha } = await import('mocha');
  // Where the extension host's console goes, nobody fills in the placeholders.
  Mocha.reporters.Base.consoleLog = (...parts: unknown[]) => console.log(format(...parts));
  console.log(`VS Code ${vscode.version}, Node ${process.versions.node}`);
  const mocha = new Mocha({
    timeout: 30_000,
    forbidOnly: true,
    forbidPending: true,
    grep: process.env['MLFLOW_WORKBENCH_GREP'] ?? '',
  });
  for (const name of readdirSync(__dirname).sort()) {
    if (name.endsWith('.test.js')) {
      mocha.addFile(path.join(__dirname, name));
    }
  }
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) {
    throw new Error(`${failures} failed`);
  }
}

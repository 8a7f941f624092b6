import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

let packed: string | undefined;

/** The version in the manifest. */
export const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

/** Builds and packs the extension, once; the answer is the absolute path of the VSIX. */
export function packedVsix(): string {
  if (packed === undefined) {
    const pack = spawnSync(process.execPath, ['scripts/package.mts'], { encoding: 'utf8' });
    assert.equal(pack.status, 0, `${pack.stdout}\n${pack.stderr}`);
    packed = path.resolve(`mlflow-workbench-${version}.vsix`);
  }
  return packed;
}

/**
 * Builds for production and packs `mlflow-workbench-<version>.vsix`. ThirdPartyNotices.txt is written anew from what the
 * bundles hold. The time stamps inside are those of the last commit, so that the same sources give the same file.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createVSIX } from '@vscode/vsce';
import { bundledPackages, thirdPartyNotices } from './bundledPackages.mts';

const { name, version } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
  string,
  string
>;

const build = spawnSync(process.execPath, ['esbuild.mjs', '--production'], { stdio: 'inherit' });
if (build.status !== 0) process.exit(build.status ?? 1);

const packages = bundledPackages();
for (const one of packages) {
  if (one.licenseText === '') throw new Error(`${one.name} ${one.version} brings no licence text`);
}
writeFileSync('ThirdPartyNotices.txt', thirdPartyNotices(packages));

const commitTime = spawnSync('git', ['log', '-1', '--format=%ct'], { encoding: 'utf8' });
if (commitTime.status === 0) process.env['SOURCE_DATE_EPOCH'] = commitTime.stdout.trim();

const packagePath = `${name}-${version}.vsix`;
await createVSIX({
  packagePath,
  dependencies: false,
  allowMissingRepository: true,
  // There is no repository address to make them absolute with.
  rewriteRelativeLinks: false,
});

/** Runs the benchmarks that are named, or all of them: `npm run bench -- store`. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mts';
import { say } from './progress.mts';
import { runCommand } from './runCommand.mts';

const all = [
  'store',
  'artifacts',
  'transport',
  'sqlite',
  'files',
  'compare',
  'runsTable',
  'runsRead',
  'tables',
  'language',
  'workbench',
  'series',
  'registry',
  'sweepPlan',
  'sweepLook',
  'launches',
  'ray',
];
const named = process.argv.slice(2).filter((word) => word !== '--');
const programOf = (name: string): string => path.join(root, 'bench', `${name}.mts`);
for (const name of named)
  if (!existsSync(programOf(name)))
    throw new Error(`There is no benchmark ${name}; there are ${all.join(', ')}.`);

// What users get is what is measured.
await runCommand(process.execPath, ['esbuild.mjs', '--production'], { cwd: root });
for (const name of named.length > 0 ? named : all) {
  say(`\n━━ ${name}`);
  await runCommand(process.execPath, [programOf(name)], { cwd: root, onLine: say });
}

import assert from 'node:assert/strict';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

/** The project's own configuration, without the rules that need the file to be on disk. */
const eslint = new ESLint({
  overrideConfigFile: 'eslint.config.mjs',
  overrideConfig: [
    tseslint.configs.disableTypeChecked,
    { languageOptions: { parserOptions: { projectService: false } } },
  ],
});

async function messagesOf(filePath: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath });
  return (result?.messages ?? [])
    .filter(({ ruleId }) => ruleId !== '@typescript-eslint/no-unused-vars')
    .map(({ ruleId, message }) => `${ruleId ?? 'syntax'}: ${message}`);
}

async function refuses(filePath: string, code: string, rule = 'house/roomImports'): Promise<void> {
  const messages = await messagesOf(filePath, code);
  assert.ok(
    messages.some((message) => message.startsWith(`${rule}:`)),
    `${filePath}: ${code} was accepted (${messages.join('; ')})`,
  );
}

async function accepts(filePath: string, code: string): Promise<void> {
  assert.deepEqual(await messagesOf(filePath, code), [], `${filePath}: ${code}`);
}

/** Per room: one file of it, what it may not import and what it may. */
const rows: [file: string, forbidden: string[], allowed: string[]][] = [
  ['src/ids.ts', ['./base/event', 'vscode', 'node:fs'], []],
  ['src/base/x.ts', ['../ids', '../mlflow/model', 'vscode', 'node:fs'], ['./event']],
  ['src/protocol/x.ts', ['../base/event', '../mlflow/model', 'vscode', 'node:fs'], ['./rpc']],
  [
    'src/mlflow/x.ts',
    ['../ids', '../state/x', '../stores/openStore', '../protocol/x', 'vscode', 'node:path', 'zod'],
    ['./model', '../base/event', './search/x'],
  ],
  [
    'src/tables/x.ts',
    ['./text/x', './parquet/x', '../state/x', 'hyparquet', 'vscode'],
    ['../protocol/tablePage', '../base/log', 'node:worker_threads'],
  ],
  [
    'src/tables/text/x.ts',
    ['../parquet/x', '../tableServer', 'hyparquet', 'vscode'],
    ['../heldTable', '../cells/x', '../../protocol/tablePage', 'node:buffer'],
  ],
  [
    'src/tables/parquet/x.ts',
    ['../tableServer', '../../state/x', 'vscode', 'node:fs'],
    ['../heldTable', '../json/x', 'hyparquet', 'node:zlib'],
  ],
  [
    'src/tables/tableWorker.ts',
    ['vscode', '../state/x'],
    ['./text/x', './parquet/x', './compare/x'],
  ],
  ['src/mlflow/search/x.ts', ['../../ids', '../../stores/x', 'vscode'], ['../model', './y']],
  [
    'src/stores/rest/x.ts',
    ['../../state/x', '../../host/x', '../sqlite/x', '../openStore', 'vscode', 'yaml'],
    ['../../mlflow/model', '../../base/event', '../series/x', './http', 'undici', 'node:fs'],
  ],
  [
    'src/stores/series/x.ts',
    ['../rest/x', '../local/x', 'zod', 'vscode'],
    ['../../mlflow/model', '../../base/event', 'node:timers/promises'],
  ],
  [
    'src/stores/bytes/x.ts',
    ['../rest/x', '../local/x', 'undici', 'vscode'],
    ['../../mlflow/model', '../../base/event', 'node:fs/promises'],
  ],
  [
    'src/stores/local/x.ts',
    ['../sqlite/x', 'yaml', 'vscode'],
    ['../../mlflow/model', '../../mlflow/search/x', 'node:fs'],
  ],
  [
    'src/stores/sqlite/x.ts',
    ['../rest/x', '../files/x', 'undici', 'yaml', 'vscode'],
    ['../../mlflow/model', '../../mlflow/search/x', '../local/x', 'node:fs'],
  ],
  [
    'src/stores/files/x.ts',
    ['../rest/x', '../sqlite/x', 'undici', 'vscode'],
    ['../../mlflow/model', '../../mlflow/search/x', '../local/x', 'node:fs', 'yaml'],
  ],
  ['src/stores/openStore.ts', ['../state/x', 'vscode'], ['./rest/restStore', './storeSpec']],
  ['src/stores/worker.ts', ['./rest/restStore', 'vscode'], ['./openStore', '../protocol/rpc']],
  [
    'src/stores/remoteStore.ts',
    ['./rest/restStore', './openStore', '../host/x', 'undici', 'zod', 'vscode'],
    ['./storeSpec', '../protocol/rpc', '../mlflow/model', 'node:worker_threads'],
  ],
  [
    'src/state/x.ts',
    ['../stores/openStore', '../protocol/x', '../ids', '../host/x', 'vscode', 'node:fs'],
    ['../mlflow/model', '../base/event'],
  ],
  ...[
    'tree/node',
    'tree/children',
    'links/terminalLine',
    'watching/runEnds',
    'downloads/safePath',
    'panels/present/x',
    'terminal/commandLine',
  ].map((name): [string, string[], string[]] => {
    const up = '../'.repeat(name.split('/').length - 1);
    return [
      `src/${name}.ts`,
      ['vscode', 'node:fs', `${up}state/x`, `${up}host/x`, `${up}stores/openStore`],
      [`${up}mlflow/model`, `${up}protocol/x`, `${up}base/event`, `${up}ids`],
    ];
  }),
  [
    'src/server/service/x.ts',
    ['node:fs', 'vscode', '../../mlflow/model', '../../state/x', '../../ids'],
    ['../schema/x', '../../mlflow/search/x', '../../base/event', 'yaml', 'vscode-languageserver'],
  ],
  ['src/server/main.ts', ['vscode', '../mlflow/model'], ['./connection', 'node:process']],
  [
    'src/host/x.ts',
    ['../state/x', '../tree/x', '../stores/openStore', '../protocol/x', 'undici'],
    ['../base/event', '../ids', '../mlflow/errors', 'vscode', 'node:fs'],
  ],
  ...[
    'tree',
    'status',
    'notes',
    'links',
    'watching',
    'panels',
    'artifacts',
    'downloads',
    'commands',
    'connections',
    'serving',
  ].map((name): [string, string[], string[]] => [
    `src/${name}/x.ts`,
    ['../stores/openStore', '../stores/rest/http', '../language/client', '../extension', 'undici'],
    ['./y', '../state/x', '../mlflow/model', '../protocol/x', '../ids', '../host/x', 'vscode'],
  ]),
  [
    'src/terminal/launcher.ts',
    ['../tree/x', '../panels/x', '../projects/sweepRun', '../projects/plan/x'],
    ['./commandLine', '../projects/launchContracts', 'vscode'],
  ],
  [
    'src/projects/launchContracts.ts',
    ['./plan/x', './sweepRun', '../state/x', 'vscode', 'node:fs'],
    ['./sweepContracts', '../mlflow/model', '../base/event'],
  ],
  [
    'src/projects/plan/x.ts',
    ['../schedule/x', '../sweepRun', '../../state/x', 'vscode', 'node:fs', 'yaml'],
    ['../sweepContracts', '../../server/service/x', '../../mlflow/model', '../../base/event'],
  ],
  [
    'src/projects/schedule/x.ts',
    ['../sweepRun', '../../server/service/x', '../../state/x', 'vscode', 'node:timers'],
    ['../plan/x', '../sweepContracts', '../../mlflow/model', '../../base/event'],
  ],
  [
    'src/projects/sweepRun.ts',
    ['../terminal/x', '../stores/openStore', '../state/x', '../host/x', 'vscode', 'undici'],
    ['./plan/x', './schedule/x', '../mlflow/trackingStore', '../base/log', 'node:fs'],
  ],
  [
    'src/launching/x.ts',
    ['../tree/x', '../panels/x', '../connections/x', '../stores/openStore', '../extension'],
    ['../terminal/taskLauncher', '../projects/launchContracts', '../server/service/x', 'vscode'],
  ],
  [
    'src/sweeping/x.ts',
    ['../tree/x', '../panels/x', '../commands/x', '../server/languageServer', '../extension'],
    ['../launching/machine', '../projects/sweeps', '../server/service/x', '@vscode/l10n', 'vscode'],
  ],
  ['src/language/client.ts', ['../tree/x', '../server/connection'], ['../host/x', 'vscode']],
  [
    'src/extension.ts',
    ['../test/support/x', '../webview/kit/x', 'undici', 'zod'],
    ['./tree/x', './stores/remoteStore', './state/x', 'vscode', 'node:path'],
  ],
  [
    'webview/compare/x.ts',
    ['../../src/mlflow/model', '../runs/state', 'vscode', 'node:fs'],
    [
      '../kit/dom',
      './state',
      '../../src/protocol/compare',
      '../../src/mlflow/series/x',
      'chart.js',
    ],
  ],
  [
    'webview/relations/x.ts',
    ['../compare/state', '../runs/state', '../charts/x', '../../src/protocol/rpc', 'chart.js'],
    ['../kit/icons', '../../src/mlflow/format', '../../src/mlflow/series/x', 'd3-contour', 'lit'],
  ],
  [
    'webview/gallery/x.ts',
    ['../compare/state', '../images/state', '../charts/x', 'chart.js', '../../src/mlflow/model'],
    ['../kit/icons', '../../src/protocol/pictureRequests', '../../src/mlflow/series/x', 'lit'],
  ],
  [
    'webview/report/x.ts',
    ['../kit/icons', '../gallery/x', 'lit'],
    ['../../src/protocol/reportPage'],
  ],
  ['src/panels/readYaml.ts', ['vscode', 'node:fs', '../mlflow/model', './page'], ['yaml']],
  [
    'webview/runs/filter/x.ts',
    ['../../compare/state', '../../../src/mlflow/model', '../../../src/mlflow/search/parseFilter'],
    ['../model/column', '../../relations/source', '../../../src/mlflow/filterText'],
  ],
  [
    'webview/kit/x.ts',
    ['../compare/state', 'vscode', 'node:fs', 'chart.js'],
    ['../../src/protocol/rpc', '../../src/mlflow/format', 'lit'],
  ],
  [
    'src/mlflow/series/x.ts',
    ['../model', '../search/x', 'vscode', 'node:fs'],
    ['./y', '../../base/event'],
  ],
  ['src/newRoom/x.ts', ['../base/event'], []],
];

describe('import zones', function () {
  this.timeout(60_000);

  for (const [file, forbidden, allowed] of rows) {
    it(`holds ${file} to its row of the table`, async () => {
      for (const module of forbidden) {
        await refuses(file, `export { x } from '${module}';\n`);
      }
      for (const module of allowed) {
        await accepts(file, `export { x } from '${module}';\n`);
      }
    });
  }

  it('sees every way of importing', async () => {
    const file = 'src/mlflow/x.ts';
    await refuses(file, `import 'vscode';\n`);
    await refuses(file, `import type { Uri } from 'vscode';\nexport type X = Uri;\n`);
    await refuses(file, `export * from 'vscode';\n`);
    await refuses(file, `export const x = import('vscode');\n`);
    await refuses(file, `export type X = import('vscode').Uri;\n`);
    await refuses(file, `import vscode = require('vscode');\nexport { vscode };\n`);
    await refuses(file, `export const x: unknown = require('vscode');\n`);
  });

  it('lets nothing that ships import tests', async () => {
    await refuses('src/state/x.ts', `export { x } from '../../test/support/faultServer';\n`);
    await refuses('src/commands/x.ts', `export { x } from '../../bench/store';\n`);
  });
});

describe('globals of the rooms', function () {
  this.timeout(60_000);
  const rule = 'house/roomGlobals';

  it('keeps Node.js out of the pure rooms', async () => {
    for (const file of [
      'src/mlflow/x.ts',
      'src/base/x.ts',
      'src/protocol/x.ts',
      'src/tree/node.ts',
    ]) {
      await refuses(file, 'export const x = process.env;\n', rule);
      await refuses(file, 'export const x = setTimeout(() => undefined, 1);\n', rule);
      await refuses(file, 'export type X = Buffer;\n', rule);
    }
    await refuses('src/server/service/x.ts', 'export const x = process.env;\n', rule);
    await refuses('webview/runs/x.ts', 'export const x = process.env;\n', rule);
  });

  it('gives the state timers and nothing else of Node.js', async () => {
    await accepts('src/state/x.ts', 'export const x = setTimeout(() => undefined, 1);\n');
    await refuses('src/state/x.ts', 'export const x = process.env;\n', rule);
  });

  it('keeps the DOM in the pages', async () => {
    await refuses('src/host/x.ts', 'export const x = document.title;\n', rule);
    await refuses('src/state/x.ts', 'export const x = window.name;\n', rule);
    await accepts('webview/runs/x.ts', 'export const x = document.title;\n');
  });
});

describe('rules for everything that ships', function () {
  this.timeout(60_000);

  it('refuses the console, default exports, any and long files', async () => {
    await refuses('src/host/x.ts', `console.log('x');\n`, 'no-console');
    await refuses('src/host/x.ts', 'export default 1;\n', 'import-x/no-default-export');
    const any = 'export const x = (y: any): unknown => y;\n';
    await refuses('src/host/x.ts', any, '@typescript-eslint/no-explicit-any');
    await refuses('src/host/x.ts', 'export {};\n'.repeat(401), 'max-lines');
  });
});

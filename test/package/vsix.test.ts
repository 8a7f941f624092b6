import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { bundledPackages, thirdPartyNotices } from '../../scripts/bundledPackages.mts';
import { packedVsix } from './packedVsix';
import { readZip } from './zipFile';

const expectedFiles = [
  '[Content_Types].xml',
  'extension.vsixmanifest',
  'extension/LICENSE.txt',
  'extension/ThirdPartyNotices.txt',
  'extension/changelog.md',
  'extension/dist/artifacts.js',
  'extension/dist/commands.js',
  'extension/dist/downloads.js',
  'extension/dist/extension.js',
  'extension/dist/languageClient.js',
  'extension/dist/launching.js',
  'extension/dist/projectTexts.js',
  'extension/dist/sweeping.js',
  'extension/dist/notebookWorker.js',
  'extension/dist/noteDesk.js',
  'extension/dist/ownedServers.js',
  'extension/dist/panels.js',
  'extension/dist/parseEnv.js',
  'extension/dist/ray.js',
  'extension/dist/readYaml.js',
  'extension/dist/registryCommands.js',
  'extension/dist/registryPages.js',
  'extension/dist/server.js',
  'extension/dist/storeWorker.js',
  'extension/dist/tableWorker.js',
  'extension/dist/webview/compare.css',
  'extension/dist/webview/compare.js',
  'extension/dist/webview/gallery.js',
  'extension/dist/webview/images.css',
  'extension/dist/webview/images.js',
  'extension/dist/webview/kit.css',
  'extension/dist/webview/kit.js',
  'extension/dist/webview/map.css',
  'extension/dist/webview/map.js',
  'extension/dist/webview/modelSummary.css',
  'extension/dist/webview/modelSummary.js',
  'extension/dist/webview/pictures.css',
  'extension/dist/webview/pictures.js',
  'extension/dist/webview/relations.js',
  'extension/dist/webview/report.css',
  'extension/dist/webview/report.js',
  'extension/dist/webview/run.css',
  'extension/dist/webview/run.js',
  'extension/dist/webview/runs.css',
  'extension/dist/webview/runs.js',
  'extension/dist/webview/version.css',
  'extension/dist/webview/version.js',
  'extension/dist/webview/versions.css',
  'extension/dist/webview/versions.js',
  'extension/dist/webview/table.css',
  'extension/dist/webview/table.js',
  'extension/l10n/bundle.l10n.json',
  'extension/l10n/bundle.l10n.ko.json',
  'extension/media/compare-dark.svg',
  'extension/media/compare-light.svg',
  'extension/media/images-dark.svg',
  'extension/media/images-light.svg',
  'extension/media/pictures-dark.svg',
  'extension/media/pictures-light.svg',
  'extension/media/run-dark.svg',
  'extension/media/run-light.svg',
  'extension/media/runs-dark.svg',
  'extension/media/runs-light.svg',
  'extension/media/version-dark.svg',
  'extension/media/version-light.svg',
  'extension/media/versions-dark.svg',
  'extension/media/versions-light.svg',
  'extension/media/tables-dark.svg',
  'extension/media/tables-light.svg',
  'extension/media/icon.png',
  'extension/media/mlflow.svg',
  'extension/media/walkthrough/browse.svg',
  'extension/media/walkthrough/connect.svg',
  'extension/media/walkthrough/filter.svg',
  'extension/media/walkthrough/models.svg',
  'extension/package.json',
  'extension/package.nls.json',
  'extension/package.nls.ko.json',
  'extension/readme.md',
  'extension/syntaxes/mlproject.language-configuration.json',
  'extension/syntaxes/mlproject.tmLanguage.json',
];

/** The most that each may weigh, in bytes; bundles gzipped. */
const budget = {
  vsix: 1.5 * 1024 * 1024,
  'extension/dist/extension.js': 60 * 1024,
  'extension/dist/commands.js': 40 * 1024,
  'extension/dist/downloads.js': 30 * 1024,
  'extension/dist/languageClient.js': 110 * 1024,
  'extension/dist/launching.js': 55 * 1024,
  'extension/dist/projectTexts.js': 50 * 1024,
  'extension/dist/sweeping.js': 64 * 1024,
  'extension/dist/panels.js': 45 * 1024,
  'extension/dist/ray.js': 20 * 1024,
  'extension/dist/registryCommands.js': 25 * 1024,
  'extension/dist/registryPages.js': 25 * 1024,
  'extension/dist/server.js': 120 * 1024,
  'extension/dist/storeWorker.js': 350 * 1024,
  'extension/dist/webview/kit.js': 90 * 1024,
  'extension/dist/webview/compare.js': 150 * 1024,
  'extension/dist/webview/relations.js': 40 * 1024,
  'extension/dist/readYaml.js': 45 * 1024,
  'extension/dist/webview/gallery.js': 15 * 1024,
  'extension/dist/webview/images.js': 10 * 1024,
  'extension/dist/webview/map.js': 15 * 1024,
  'extension/dist/webview/modelSummary.js': 10 * 1024,
  'extension/dist/webview/pictures.js': 15 * 1024,
  'extension/dist/webview/report.js': 5 * 1024,
  'extension/dist/webview/run.js': 150 * 1024,
  'extension/dist/webview/runs.js': 150 * 1024,
  'extension/dist/webview/version.js': 40 * 1024,
  'extension/dist/webview/versions.js': 40 * 1024,
  'extension/dist/webview/table.js': 40 * 1024,
  'extension/dist/tableWorker.js': 60 * 1024,
  'extension/dist/notebookWorker.js': 5 * 1024,
};

const bundles = (Object.keys(budget) as (keyof typeof budget)[]).filter((name) => name !== 'vsix');

describe('the packaged extension', () => {
  let files = new Map<string, Buffer>();

  before(function () {
    this.timeout(180_000);
    files = readZip(packedVsix());
  });

  it('holds exactly the files that are meant to ship', () => {
    assert.deepEqual([...files.keys()].sort(), [...expectedFiles].sort());
  });

  it('stays within its size', () => {
    const { size } = statSync(packedVsix());
    assert.ok(size <= budget.vsix, `${size} bytes`);
  });

  for (const bundle of bundles) {
    it(`keeps ${bundle} within its gzipped size`, () => {
      const code = files.get(bundle);
      assert.ok(code);
      const { length } = gzipSync(code, { level: 9 });
      assert.ok(length <= budget[bundle], `${length} bytes`);
      assert.ok(!code.includes('sourceMappingURL'));
    });
  }

  it('keeps the network and the decoder out of the extension host', () => {
    const { outputs } = JSON.parse(readFileSync('dist/meta/extension.json', 'utf8')) as {
      outputs: Record<string, { inputs: Record<string, unknown> }>;
    };
    const inputs = Object.values(outputs).flatMap((output) => Object.keys(output.inputs));
    const heavy = inputs.filter((input) => /node_modules\/(undici|zod)\//.test(input));
    assert.deepEqual(heavy, []);
  });

  it('brings the licence of every package in its bundles', () => {
    const packages = bundledPackages();
    assert.ok(packages.some(({ name }) => name === 'undici'));
    const shipped = files.get('extension/ThirdPartyNotices.txt')?.toString('utf8');
    assert.equal(shipped, thirdPartyNotices(packages));
    for (const { name, licenseText } of packages) assert.notEqual(licenseText, '', name);
  });

  it('names no machine and no registry', () => {
    for (const [name, content] of files) {
      assert.doesNotMatch(content.toString('latin1'), /\/(work|home|root|Users)\/[\w.]+\//, name);
    }
  });
});

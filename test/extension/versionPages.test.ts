import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands, settings } from '../../src/ids';
import type { RpcClient } from '../../src/protocol/rpc';
import type { VersionPage, VersionView } from '../../src/protocol/versionPage';
import type { ComparedVersion, VersionsPage } from '../../src/protocol/versionsPage';
import { type FaultServer, faults, startFaultServer } from '../support/faultServer';
import { StubArtifacts } from '../support/stubArtifacts';
import { stubPanel, type StubPanel } from './stubPanel';
import {
  activated,
  change,
  click,
  connect,
  rowOf,
  theExtension,
  until,
  clearWindow,
} from './underTest';
import type { UnderTest } from './underTest';

function tabs(): readonly string[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));
}

const modelFile = [
  'artifact_path: model',
  'flavors:',
  '  python_function: {loader_module: mlflow.sklearn, python_version: 3.12.3}',
  'saved_input_example_info: {artifact_path: input_example.json, type: dataframe}',
  `signature: {inputs: '[{"name": "seat", "type": "long"}]'}`,
  '',
].join('\n');

/** Files of the model that both versions were made of. */
function someFiles(): StubArtifacts {
  const artifacts = new StubArtifacts();
  for (const [owner, folder] of [
    ['1r0', 'model/'],
    ['model 1/1', ''],
    ['model 1/2', ''],
  ] as const) {
    artifacts.put(owner, `${folder}MLmodel`, modelFile);
    artifacts.put(owner, `${folder}input_example.json`, '[[1]]');
  }
  return artifacts;
}

describe('pages of versions of registered models', () => {
  let extension: UnderTest;
  let server: FaultServer;
  let stub: StubPanel;

  before(async () => {
    extension = await activated();
  });

  beforeEach(async () => {
    server = await startFaultServer({
      ...{ experiments: 1, runs: 3, models: 1 },
      artifacts: someFiles(),
    });
    await connect(extension, server.url);
    stub = stubPanel();
  });

  afterEach(async () => {
    stub.panel.dispose();
    await clearWindow();
    await server.close();
  });

  after(() => change(settings.trackingUri, undefined));

  const stateOf = (...versions: readonly string[]) => ({
    version: 1,
    connections: [server.url],
    versions: versions.map((version) => [0, 'model 1', version]),
  });

  describe('the page of a version', () => {
    let page: RpcClient<VersionPage>;
    let latest: VersionView;

    /** Restores a page, as VS Code does after a reload of the window. */
    async function restored(): Promise<void> {
      await (await theExtension().exports.pages.get()).restore('version', stub.panel, stateOf('2'));
      page = stub.page<VersionPage>();
      page.on('view', (view) => (latest = view));
      latest = (await page.call('init', undefined)).view;
    }

    const read = (): Promise<void> => until('it was read', () => latest.standing !== 'loading');

    it('is restored under its name, with what is known of the version and its run', async () => {
      await restored();
      assert.equal(stub.panel.title, 'Model: model 1 v2');
      await until('the run was read', () => latest.run.kind === 'ready');
      assert.equal(latest.facts?.stage, 'Production');
      const run = latest.run.kind === 'ready' ? latest.run.value : undefined;
      assert.deepEqual([run?.link.text, run?.experimentName], ['run 0', 'experiment 1']);
      assert.deepEqual(
        latest.code.map(({ uri }) => uri),
        ['models:/model 1/2', 'models:/model 1/Production'],
      );
    });

    it('says what the files say: the signature, and the input example', async () => {
      await restored();
      await until('the model was read', () => latest.model.kind === 'ready');
      const model = latest.model.kind === 'ready' ? latest.model.value : undefined;
      assert.deepEqual(
        model?.inputs?.map(({ name, type }) => [name, type]),
        [['seat', 'long']],
      );
      assert.equal(await page.call('example', undefined), '[[1]]');
      await page.call('openFile', 'MLmodel');
      await until('its text or summary is open', () => tabs().includes('MLmodel'));
    });

    it('has the files from the runs where the registry is a server of its own', async () => {
      const elsewhere = await startFaultServer({ models: 1 });
      await change(settings.registryUri, elsewhere.url);
      await connect(extension, server.url);
      await restored();
      await until('the model was read', () => latest.model.kind === 'ready');
      assert.equal(await page.call('example', undefined), '[[1]]');
      const asked = elsewhere.requests.map(({ path }) => path);
      assert.ok(asked.some((path) => path.endsWith('model-versions/get')));
      await change(settings.registryUri, undefined);
      await elsewhere.close();
    });

    it('shows the version although its files cannot be had, and says so', async () => {
      server.setFault('*', faults.html404, {
        unless: ({ path }) => !/artifact|download-uri/.test(path),
      });
      await restored();
      await until('the files were asked for', () => latest.model.kind === 'failed');
      assert.equal(latest.standing, 'ready');
      assert.match(latest.model.kind === 'failed' ? latest.model.sentence : '', /\w/);
    });

    it('says that the version was deleted meanwhile, and keeps what was read', async () => {
      await restored();
      await read();
      server.setFault(
        'model-versions/get',
        faults.refused('RESOURCE_DOES_NOT_EXIST', 'Model Version not found', 404),
      );
      await page.call('retry', undefined);
      assert.equal(latest.standing, 'gone');
      assert.equal(latest.facts?.stage, 'Production');
    });

    it('says why it cannot be read, and reads it when asked again', async () => {
      server.setFault('model-versions/get', faults.forbidden);
      await restored();
      await until('it failed', () => latest.standing === 'failed');
      assert.match(latest.problem ?? '', /does not allow you to do this/);
      server.clearFaults();
      await page.call('retry', undefined);
      assert.equal(latest.standing, 'ready');
    });

    it('reads the version again when the lists of the Models view say something else of it', async () => {
      await restored();
      await read();
      const asked = (): number =>
        server.requests.filter(({ path }) => path.endsWith('model-versions/get')).length;
      const before = asked();
      const models = extension.session.models!;
      await models.versions('model 1').ensure();
      const listed = models.versions('model 1').get('2')!;
      models.versions('model 1').update([{ ...listed, stage: 'Archived' }]);
      models.apply('model 1', (model) => model);
      await until('it was read again', () => asked() > before);
    });

    it('says who is in production, and opens and compares other versions', async () => {
      await restored();
      await until('the model was asked for', () => latest.production.kind === 'ready');
      assert.deepEqual(latest.production, { kind: 'ready', value: ['2'] });
      await page.call('compareWith', '1');
      await until('both are compared', () => tabs().includes('Compare: model 1 versions'));
      await page.call('openVersion', '1');
      await until('the other is open', () => tabs().includes('Model: model 1 v1'));
    });

    it('opens the page of the source run', async () => {
      await restored();
      await until('the run was read', () => latest.run.kind === 'ready');
      const run = latest.run.kind === 'ready' ? latest.run.value : undefined;
      await page.call('open', run?.link.key ?? '');
      await until('it is open', () => tabs().some((label) => label === 'Run: run 0'));
    });

    it('opens on a click on the row of the version, once', async () => {
      const { models } = extension;
      const model = rowOf(await models.getChildren(), 'model 1');
      const version = rowOf(await models.getChildren(model), 'Version 2');
      await click(version);
      await click(version);
      await until('it has its name', () => tabs().includes('Model: model 1 v2'));
      assert.equal(tabs().filter((label) => label.startsWith('Model: ')).length, 1);
    });

    it('inserts code into the editor that is open beside it', async () => {
      await restored();
      const document = await vscode.workspace.openTextDocument({ language: 'python', content: '' });
      await vscode.window.showTextDocument(document);
      await page.call('insert', latest.code[0]?.code ?? '');
      assert.match(document.getText(), /load_model\("models:\/model 1\/2"\)/);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    });

    it('says in a sentence that what was kept cannot be read', async () => {
      const pages = await theExtension().exports.pages.get();
      await pages.restore('version', stub.panel, { version: 1, connections: [], versions: [] });
      assert.match(stub.panel.webview.html, /Open the version anew/);
    });
  });

  describe('the page that compares versions', () => {
    let page: RpcClient<VersionsPage>;
    let latest: ReadonlyMap<string, ComparedVersion>;
    let order: readonly string[];

    async function restored(): Promise<void> {
      const pages = await theExtension().exports.pages.get();
      await pages.restore('versions', stub.panel, stateOf('1', '2'));
      page = stub.page<VersionsPage>();
      const take = (versions: readonly ComparedVersion[]): void => {
        latest = new Map([
          ...(latest ?? []),
          ...versions.map((version) => [version.key, version] as const),
        ]);
      };
      page.on('versions', (event) => {
        take(event.versions);
        order = event.order;
      });
      latest = new Map();
      take((await page.call('init', undefined)).versions);
    }

    it('has the params and metrics of the source runs', async () => {
      await restored();
      assert.equal(stub.panel.title, 'Compare: model 1 versions');
      await until('the runs were read', () =>
        [...latest.values()].every(({ run }) => run.standing === 'ready'),
      );
      const [first] = [...latest.values()];
      assert.deepEqual(first?.run.params, [{ key: 'alpha', text: '0' }]);
      assert.equal(first?.run.metrics.values[0], 0);
      assert.deepEqual(
        [...latest.values()].map(({ name }) => name),
        ['v1', 'v2'],
      );
    });

    it('shows how their MLmodel files differ', async () => {
      await restored();
      const [left = '', right = ''] = [...latest.keys()];
      await page.call('diff', { file: 'MLmodel', left, right });
      await until('the diff editor is open', () =>
        tabs().includes('MLmodel: model 1 v1 ↔ model 1 v2'),
      );
      const isRead = (document: vscode.TextDocument): boolean =>
        document.uri.scheme === 'mlflow' && document.getText() === modelFile;
      await until(
        'both sides are read',
        () => vscode.workspace.textDocuments.filter(isRead).length === 2,
      );
      await assert.rejects(
        page.call('diff', { file: 'requirements.txt', left, right }),
        /has no file requirements\.txt/,
      );
    });

    it('opens the source run of a version, and knows which is in production', async () => {
      await restored();
      await until('the runs were read', () =>
        [...latest.values()].every(({ run }) => run.standing === 'ready'),
      );
      const all = [...latest.values()];
      assert.deepEqual(
        all.map(({ isInProduction, uri }) => [isInProduction, uri]),
        [
          [false, 'models:/model 1/1'],
          [true, 'models:/model 1/2'],
        ],
      );
      await page.call('openRun', all[0]?.key ?? '');
      await until('it is open', () => tabs().some((label) => label === 'Run: run 0'));
    });

    it('lets go of versions that are taken out', async () => {
      await restored();
      const [first = ''] = [...latest.keys()];
      page.notify('removeVersions', [first]);
      await until('it is gone', () => order?.length === 1);
      assert.ok(!order.includes(first));
    });

    it('says that one source run is not enough to compare runs', async () => {
      await restored();
      await until('the runs were read', () =>
        [...latest.values()].every(({ run }) => run.standing === 'ready'),
      );
      await assert.rejects(page.call('compareRuns', undefined), /two different source runs/);
    });

    it('opens for the versions that are selected, once, whatever their order', async () => {
      const target = (version: string) => ({
        target: { kind: 'version', connection: server.url, name: 'model 1', version, runId: '1r0' },
      });
      const [one, two] = [target('1'), target('2')];
      await vscode.commands.executeCommand(commands.compareModelVersions, one, [one, two]);
      await vscode.commands.executeCommand(commands.compareModelVersions, two, [two, one]);
      await until('it is open', () => tabs().includes('Compare: model 1 versions'));
      assert.equal(tabs().filter((label) => label.startsWith('Compare: ')).length, 1);
    });
  });
});

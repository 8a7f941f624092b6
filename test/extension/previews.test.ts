import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { artifactUri } from '../../src/host/artifactUri';
import { commands, customEditors, pages, settings } from '../../src/ids';
import { connectionKey, type ArtifactAddress } from '../../src/mlflow/artifactAddress';
import type { ImagesPage } from '../../src/protocol/imagesPage';
import type { MapPage } from '../../src/protocol/mapPage';
import type { ModelSummaryPage } from '../../src/protocol/modelSummaryPage';
import type { ReportGets } from '../../src/protocol/reportPage';
import { type FaultServer, startFaultServer } from '../support/faultServer';
import { StubArtifacts } from '../support/stubArtifacts';
import { stubPanel, type StubPanel } from './stubPanel';
import {
  activated,
  change,
  connect,
  theExtension,
  until,
  type UnderTest,
  clearWindow,
} from './underTest';

type Kind = 'report' | 'map' | 'modelSummary';

const files: readonly (readonly [Kind, string, string])[] = [
  ['modelSummary', 'model/MLmodel', 'flavors:\n  sklearn:\n    code: "<img src=x>"\nrun_id: 1r0\n'],
  ['map', 'places.geojson', '{"type":"FeatureCollection","features":[]}'],
  ['report', 'report.html', '<!doctype html><script>alert(1)</script>'],
];
const picture = 'images/loss+step+1+timestamp+2+aaaa.png';

describe('previews of artifacts', () => {
  let extension: UnderTest;
  let server: FaultServer;
  let artifacts: StubArtifacts;
  let stub: StubPanel;

  before(async () => {
    extension = await activated();
  });

  beforeEach(async () => {
    artifacts = new StubArtifacts();
    server = await startFaultServer({ artifacts });
    await connect(extension, server.url);
    files.forEach(([, path, content]) => artifacts.put('1r0', path, content));
    stub = stubPanel();
  });

  afterEach(async () => {
    stub.panel.dispose();
    await clearWindow();
    await server.close();
  });

  after(() => change(settings.trackingUri, undefined));

  const addressOf = (path: string): ArtifactAddress => ({
    key: connectionKey(extension.session.id),
    place: { owner: { kind: 'run', runId: '1r0' }, path },
    ownerName: 'run 0',
  });
  const input = (): unknown => vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const isShownAs = (viewType: string): boolean => {
    const shown = input();
    return shown instanceof vscode.TabInputCustom && shown.viewType === viewType;
  };

  /** Puts the test in the place of the page of a preview. */
  async function preview(kind: Kind, address: ArtifactAddress): Promise<void> {
    stub = stubPanel();
    (await theExtension().exports.pages.get()).preview(kind, stub.panel, address);
  }

  /** What the page of a report was told. */
  async function reportOf(address: ArtifactAddress): Promise<ReportGets> {
    await preview('report', address);
    stub.say({ report: 'ready' });
    await until('there is an answer', () => stub.posted.length > 0);
    return stub.posted.at(-1) as ReportGets;
  }

  for (const [kind, path, content] of files) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    it(`open for ${name}, show its text, and open again when they were closed`, async () => {
      const uri = artifactUri(addressOf(path));
      await vscode.commands.executeCommand('vscode.open', uri, { preview: false });
      await until('it is shown', () => isShownAs(customEditors[kind]));
      await vscode.commands.executeCommand(commands.openAsText);
      await until('it is a text', () => input() instanceof vscode.TabInputText);
      assert.equal(vscode.window.activeTextEditor?.document.getText(), content);
      await vscode.commands.executeCommand('vscode.openWith', uri, customEditors[kind]);
      await until('it is shown anew', () => isShownAs(customEditors[kind]));
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      await vscode.commands.executeCommand('workbench.action.reopenClosedEditor');
      await until('it is there again', () => isShownAs(customEditors[kind]));
    });
  }

  it('show what the file holds, as text', async () => {
    await preview('modelSummary', addressOf('model/MLmodel'));
    const summary = await stub.page<ModelSummaryPage>().call('summary', undefined);
    assert.deepEqual(
      summary.flavors.map(({ name, facts }) => [name, facts]),
      [['sklearn', [{ key: 'code', value: '<img src=x>' }]]],
    );
    await preview('map', addressOf('places.geojson'));
    const page = stub.page<MapPage>();
    const bytes = await page.call('content', undefined);
    assert.equal(new TextDecoder().decode(bytes), files[1]?.[2]);
    await page.call('openText', undefined);
    await until('its text is there', () => input() instanceof vscode.TabInputText);
  });

  it('run scripts of a report only once asked to, and stop them again', async () => {
    const told = await reportOf(addressOf('report.html'));
    assert.equal(told.report === 'content' && new TextDecoder().decode(told.bytes), files[2]?.[2]);
    const { webview } = stub.panel;
    const runsScripts = (): boolean => webview.html.includes('data-runs-scripts="true"');
    assert.equal(runsScripts(), false);
    stub.say({ report: 'run it' });
    stub.say({ report: 'toggle' });
    await until('scripts run', runsScripts);
    assert.match(webview.html, /default-src 'none'/);
    stub.say({ report: 'toggle' });
    await until('scripts do not run', () => !runsScripts());
  });

  it('say in a sentence that the file is gone', async () => {
    const gone = /does not know this \(any more\): No such artifact/;
    await preview('modelSummary', addressOf('gone/MLmodel'));
    await assert.rejects(stub.page<ModelSummaryPage>().call('summary', undefined), gone);
    await preview('map', addressOf('gone.geojson'));
    await assert.rejects(stub.page<MapPage>().call('content', undefined), gone);
    const told = await reportOf(addressOf('gone.html'));
    assert.match(told.report === 'failed' ? told.sentence : '', gone);
  });

  it('say in a sentence that their server is not connected', async () => {
    const elsewhere = (path: string): ArtifactAddress => ({
      ...addressOf(path),
      key: connectionKey('http://elsewhere.example'),
    });
    const unconnected = /not connected to the server that has this artifact. Switch to it/;
    await preview('modelSummary', elsewhere('MLmodel'));
    await assert.rejects(stub.page<ModelSummaryPage>().call('summary', undefined), unconnected);
    await preview('map', elsewhere('a.geojson'));
    await assert.rejects(stub.page<MapPage>().call('content', undefined), unconnected);
    const told = await reportOf(elsewhere('a.html'));
    assert.match(told.report === 'failed' ? told.sentence : '', unconnected);
  });

  it('say in a sentence that an address is none', async () => {
    (await theExtension().exports.pages.get()).preview('map', stub.panel, undefined);
    assert.match(stub.panel.webview.html, /This is not the address of an artifact\./);
  });

  it('show the images of a run in a gallery, once, and restore it', async () => {
    artifacts.put('1r0', picture, 'png');
    const target = { kind: 'run', connection: server.url, experimentId: '1', runId: '1r0' };
    const galleries = (): readonly vscode.Tab[] =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .filter(
          ({ input: shown }) =>
            shown instanceof vscode.TabInputWebview && shown.viewType.endsWith(pages.images),
        );
    await vscode.commands.executeCommand(commands.showImages, { target });
    await vscode.commands.executeCommand(commands.showImages, { target });
    await until('it is open', () => galleries().length === 1);
    const { images } = await theExtension().exports.pages.get();
    images.restore(stub.panel, { version: 1, connections: [server.url], runs: [[0, '1', '1r0']] });
    const page = stub.page<ImagesPage>();
    const { runs } = await page.call('init', undefined);
    assert.deepEqual(
      runs.map(({ runId }) => runId),
      ['1r0'],
    );
    const shown = await page.call('images', runs[0]?.key ?? '');
    assert.deepEqual(
      shown.images.map(({ key, step, path }) => [key, step, path]),
      [['loss', '1', picture]],
    );
    const bytes = await page.call('picture', { run: runs[0]?.key ?? '', path: picture });
    assert.equal(new TextDecoder().decode(bytes), 'png');
    stub = stubPanel();
    images.restore(stub.panel, { version: 1, connections: [], runs: [] });
    assert.match(stub.panel.webview.html, /What was kept of this page cannot be read/);
  });
});

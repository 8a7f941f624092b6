import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { commands, settings } from '../../src/ids';
import type { Panels } from '../../src/panels/panels';
import { type FaultServer, startFaultServer } from '../support/faultServer';
import { activated, change, connect, runsOf, theExtension, until } from './underTest';
import type { UnderTest } from './underTest';

const compareTabs = (): readonly vscode.Tab[] =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => {
      return input instanceof vscode.TabInputWebview && input.viewType.endsWith('mlflow.compare');
    });

const titles = (): readonly string[] => compareTabs().map(({ label }) => label);

describe('Compare Selected Runs', () => {
  let extension: UnderTest;
  let server: FaultServer;

  before(async () => {
    extension = await activated();
    server = await startFaultServer({ experiments: 1, runs: 25 });
    await connect(extension, server.url);
  });

  afterEach(async () => {
    (await pages()).all.forEach(({ webviewPanel }) => void webviewPanel.dispose());
    await until('no page is there', () => compareTabs().length === 0);
  });

  after(async () => {
    await change(settings.trackingUri, undefined);
    await server.close();
  });

  const pages = (): Promise<Panels> => theExtension().exports.pages.get();

  const compare = async (first: number, count: number): Promise<void> => {
    const rows = (await runsOf(extension, 'experiment 1')).slice(first, first + count);
    await vscode.commands.executeCommand(commands.compareRuns, rows[0], rows);
  };

  it('opens a page named after how many there are, whose script asks for them', async () => {
    const asked = server.nextRequest('runs/search');
    await runsOf(extension, 'experiment 1');
    await asked;
    const read = server.nextRequest('runs/search');
    await compare(0, 3);
    await until('the page is there', () => compareTabs().length === 1);
    assert.deepEqual(titles(), ['Compare: 3 runs']);
    const { filter } = JSON.parse((await read).body) as { filter: string };
    assert.equal(filter, "attributes.run_id IN ('1r0', '1r1', '1r2')");
  });

  it('shows the page there is when the same runs are compared again', async () => {
    await compare(0, 3);
    await compare(1, 3);
    await until('both pages are there', () => compareTabs().length === 2);
    const rows = (await runsOf(extension, 'experiment 1')).slice(0, 3).reverse();
    await vscode.commands.executeCommand(commands.compareRuns, rows[0], rows);
    await until('the first is in front', () => compareTabs()[0]?.isActive === true);
    assert.equal(compareTabs().length, 2);
    assert.equal((await pages()).all.length, 2);
  });

  it('gives the page nothing but its own files', async () => {
    await compare(0, 2);
    const [page] = (await pages()).all;
    assert.ok(page);
    const { webview, options } = page.webviewPanel;
    const nonce = /'nonce-([^']+)'/.exec(webview.html)?.[1] ?? '';
    assert.equal(Buffer.from(nonce, 'base64').length, 18);
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(webview.html)?.[1];
    assert.equal(
      policy,
      [
        "default-src 'none'",
        `script-src ${webview.cspSource} 'nonce-${nonce}'`,
        `style-src ${webview.cspSource} 'nonce-${nonce}'`,
        `font-src ${webview.cspSource}`,
        // Logged images, whose bytes the extension hands over.
        'img-src blob:',
        "connect-src 'none'",
        "form-action 'none'",
        "base-uri 'none'",
      ].join('; '),
    );
    const folder = path.join(theExtension().extensionPath, 'dist', 'webview');
    assert.deepEqual(
      webview.options.localResourceRoots?.map(({ fsPath }) => fsPath),
      [folder],
    );
    assert.notEqual(options.retainContextWhenHidden, true);
  });

  it('says in one sentence that there are too many', async () => {
    const { window } = vscode;
    const said: string[] = [];
    const { showErrorMessage } = window;
    window.showErrorMessage = (text: string) => {
      said.push(text);
      return Promise.resolve(undefined);
    };
    const rows = Array.from({ length: 501 }, (_, index) => ({
      target: { kind: 'run', experimentId: '1', runId: `r${index}` },
    }));
    await vscode.commands.executeCommand(commands.compareRuns, rows[0], rows);
    window.showErrorMessage = showErrorMessage;
    assert.deepEqual(said, [
      '501 runs are selected; up to 500 can be compared at a time. Select fewer.',
    ]);
    assert.deepEqual(titles(), []);
  });

  it('gives twelve runs twelve colors, in the view as well', async () => {
    await compare(0, 12);
    const rows = (await runsOf(extension, 'experiment 1')).slice(0, 12);
    const colors = rows.map(({ item: { iconPath } }) =>
      iconPath instanceof vscode.ThemeIcon ? iconPath.color?.id : undefined,
    );
    assert.equal(new Set(colors).size, 12);
  });

  describe('with fewer than two', () => {
    const { createQuickPick } = vscode.window;
    let boxes: vscode.QuickPick<vscode.QuickPickItem>[];

    beforeEach(() => {
      boxes = [];
      vscode.window.createQuickPick = <T extends vscode.QuickPickItem>() => {
        const box = createQuickPick<T>();
        boxes.push(box);
        return box;
      };
    });

    afterEach(() => {
      vscode.window.createQuickPick = createQuickPick;
    });

    const accept = (): Thenable<void> =>
      vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');

    it('lets a person choose company for one, newest first, and finds others by name', async () => {
      const [row] = (await runsOf(extension, 'experiment 1')).slice(2, 3);
      const done = vscode.commands.executeCommand(commands.compareRuns, row, [row]);
      await until('the runs are offered', () => boxes[0]?.busy === false);
      const box = boxes[0];
      assert.ok(box);
      assert.deepEqual(
        [box.title, box.items.length, box.items[0]?.label],
        ['Compare Runs of experiment 1', 25, 'run 0'],
      );
      assert.deepEqual(
        box.selectedItems.map(({ label }) => label),
        ['run 2'],
      );
      await accept();
      assert.deepEqual(titles(), []);
      const search = server.nextRequest('runs/search');
      box.value = 'run 1';
      const { filter } = JSON.parse((await search).body) as { filter: string };
      assert.equal(filter, "attributes.run_name ILIKE '%run 1%'");
      box.selectedItems = box.items.slice(1, 3);
      await accept();
      await done;
      await until('the page is there', () => compareTabs().length === 1);
      assert.deepEqual(titles(), ['Compare: 2 runs']);
    });

    it('does nothing when the choice is left', async () => {
      const [row] = await runsOf(extension, 'experiment 1');
      const done = vscode.commands.executeCommand(commands.compareRuns, row, [row]);
      await until('the runs are offered', () => boxes[0]?.busy === false);
      boxes[0]?.hide();
      await done;
      assert.deepEqual(titles(), []);
    });
  });
});

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { type AuthMlflow, startAuthMlflow } from '../support/authMlflow';
import { openBrowser } from '../support/browser.mts';
import { guisesOf, searchFiles, searchPage, searchProcesses } from '../support/leaks';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { eventually } from '../support/eventually';
import { Workbench } from '../support/workbench';

/** Somebody else who may read; the admin's password is in the server's own environment. */
const colleague = { user: 'colleague', password: 'another pass:w0rd/@ 한글' };

describe('a person who signs in', function () {
  this.timeout(90_000);

  let folder: string;
  let server: AuthMlflow;
  let browser: Browser;
  let bench: Workbench;

  before(async function () {
    this.timeout(300_000);
    folder = await mkdtemp(path.join(tmpdir(), 'secrets-'));
    server = await startAuthMlflow('demo');
    await server.call('users/create', { username: colleague.user, password: colleague.password });
    await server.call('experiments/create', { name: 'behind the door' });
    browser = await openBrowser();
    bench = await Workbench.open(browser, folder, {
      extensionDevelopmentPath: process.cwd(),
      log: 'trace',
    });
  });

  after(async () => {
    await bench?.close();
    await browser?.close();
    await server?.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  pictureOfFailure(() => bench);

  const title = async (): Promise<string> =>
    (await bench.page.locator('.quick-input-widget .quick-input-title').textContent()) ?? '';
  const untilTitled = (expected: RegExp): Promise<string> =>
    eventually(`the title ${expected.source}`, title, (text) => expected.test(text));
  const untilRefused = (text: RegExp): Promise<string> =>
    eventually(
      'the refusal',
      () => bench.inputMessage(),
      (message) => text.test(message),
    );

  /** From the row of the 401 to where the password is asked for. */
  const beginAs = async (user: string): Promise<void> => {
    await bench.row('http://127').click();
    await bench.choose('User name and password');
    await untilTitled(/\(2\/3\)/);
    await bench.answer(user);
    await untilTitled(/\(3\/3\)/);
  };

  const search = async (user: string, password: string): Promise<readonly string[]> => {
    const guises = guisesOf(user, password);
    const files = await searchFiles([folder, ...bench.dataFolders], guises);
    const processes = await searchProcesses(guises);
    const page = await searchPage(bench.page, guises);
    assert.ok(files.looked > 20, `${files.looked} files`);
    assert.ok(processes.looked > 4, `${processes.looked} parts of processes`);
    assert.ok(page.looked > 10, `${page.looked} parts of the page`);
    return [...files.found, ...processes.found, ...page.found];
  };

  it('is told what is wanted, and by which server', async () => {
    await bench.openMlflow();
    await bench.command('MLflow: Set Tracking URI…');
    await bench.answer(server.url);
    const [row] = await bench.untilRows('the sentence', (texts) => texts.length === 1);
    assert.match(row ?? '', /wants a sign-in \(401\)\. Choose Sign In\./);
    await beginAs(server.reader.user);
    assert.ok((await title()).startsWith(`Sign In to ${server.url}`), await title());
    assert.equal(await bench.input.getAttribute('type'), 'password');
  });

  it('may go back, and gives up with Escape', async () => {
    await bench.page.locator('.quick-input-titlebar .codicon-quick-input-back').click();
    await untilTitled(/\(2\/3\)/);
    assert.equal(await bench.input.inputValue(), server.reader.user);
    await bench.input.press('Escape');
    await bench.untilInputCloses();
  });

  it('is refused three times, and then asked no more', async () => {
    await beginAs(server.reader.user);
    for (const wrong of ['wrong-one', 'wrong-two']) {
      await bench.answer(wrong);
      await untilRefused(/refused the sign-in \(401\)/);
      assert.ok(await bench.input.isVisible());
      await bench.input.fill('');
      // Else it could be taken for the next one.
      await eventually(
        'the refusal to go',
        () => bench.inputMessage(),
        (message) => !/refused/.test(message),
      );
    }
    await bench.answer('wrong-three');
    await bench.untilInputCloses();
    const told = await eventually(
      'the notification',
      () => bench.notifications(),
      (messages) => messages.some((message) => /refused the sign-in three times/.test(message)),
    );
    assert.match(told.join(), /Nothing was saved/);
    await bench.clearNotifications();
    for (const wrong of ['wrong-one', 'wrong-two', 'wrong-three'])
      assert.deepEqual(await search(server.reader.user, wrong), []);
  });

  it('sees the rows once the server takes the password', async () => {
    await beginAs(server.reader.user);
    await bench.answer(server.reader.password);
    await bench.untilInputCloses();
    const rows = await bench.untilRows('experiments', (texts) => texts.includes('behind the door'));
    assert.deepEqual([...rows].sort(), ['Default', 'behind the door']);
  });

  it('leaves the password nowhere in the clear', async () => {
    await bench.expand('behind the door');
    await bench.command('MLflow: Refresh');
    await bench.untilRows('no runs', (texts) => texts.includes('No runs yet'));
    await bench.command('MLflow: Show Log');
    // VS Code's secret storage is encrypted, so even there it is not in the clear.
    assert.deepEqual(await search(server.reader.user, server.reader.password), []);
  });

  it('would find what does stand there', async () => {
    const [file] = (await searchFiles([folder], [server.url])).found;
    assert.match(file ?? '', /settings\.json$/);
    assert.ok((await searchPage(bench.page, ['behind the door'])).found.includes('page'));
    assert.notDeepEqual((await searchProcesses([folder])).found, []);
  });

  it('may type the password into the address, and still finds it nowhere', async () => {
    const { user, password } = colleague;
    const address = `${server.url.replace('//', `//${user}:${encodeURIComponent(password)}@`)}/#/`;
    await bench.command('MLflow: Set Tracking URI…');
    await bench.answer(address);
    await bench.untilInputCloses();
    const settings = path.join(folder, 'workspace', '.vscode', 'settings.json');
    await eventually(
      'the setting',
      () => readFile(settings, 'utf8'),
      (text) => text.includes(`"${server.url}/#/"`),
    );
    await bench.untilRows('experiments', (texts) => texts.includes('behind the door'));
    // VS Code's one input keeps its last text, unseen, until it is used again.
    await bench.command('MLflow: Refresh');
    assert.deepEqual(await search(user, password), []);
  });

  it('signs out', async () => {
    await bench.command('MLflow: Sign Out of Tracking Server');
    const [row] = await bench.untilRows('the sentence', (texts) => /wants a/.test(texts[0] ?? ''));
    assert.match(row ?? '', /wants a sign-in \(401\)/);
  });
});

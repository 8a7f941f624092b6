import assert from 'node:assert/strict';
import type { CodeAction, DocumentLink, Hover } from 'vscode-languageserver';
import { languageNotices, usualLanguageSettings } from '../../../src/protocol/language';
import { LanguageTestClient, positionIn } from '../../support/languageClient';

const project = 'file:///project/MLproject';
const environment = 'file:///project/python_env.yaml';
const withFile = 'python: "3.11.9"\ndependencies:\n  - -r needed.txt\n';

describe('the language server, joined to a client', () => {
  let client: LanguageTestClient;

  beforeEach(async () => {
    client = await LanguageTestClient.start();
  });

  afterEach(() => client.stop());

  const codes = (found: readonly { readonly code?: string | number }[]): unknown[] =>
    found.map(({ code }) => code);

  it('says of an unsaved text what is wrong with it, and takes it back when it is mended', async () => {
    const text = 'python: 3.10.4\ndependencies: 1\n';
    await client.open(environment, text, 'yaml');
    assert.deepEqual(codes(await client.diagnostics(environment, 1)), ['env-shape']);
    await client.change(environment, 2, text, '1\n', '[]\n');
    assert.deepEqual(codes(await client.diagnostics(environment, 2)), []);
  });

  it('holds no file against a text that is not saved yet', async () => {
    const text =
      'python_env: a.yaml\nentry_points:\n  main:\n    parameters: {data: {type: path, default: a.csv}}\n    command: python a.py {data}\n';
    await client.open('untitled:MLproject', text, 'mlproject');
    assert.deepEqual(codes(await client.diagnostics('untitled:MLproject', 1)), []);
    await client.open(project, text, 'mlproject');
    assert.deepEqual(codes(await client.diagnostics(project, 1)), [
      'environment-missing',
      'default-path',
      'script-missing',
    ]);
  });

  it('finds files where addresses have no host', async () => {
    client.files.set('memory:/p/a.yaml', '');
    const uri = 'memory:/p/MLproject';
    await client.open(uri, 'python_env: a.yaml\nconda_env: b.yaml\n', 'mlproject');
    const found = await client.diagnostics(uri, 1);
    const missing = found.filter(({ code }) => code === 'environment-missing');
    assert.deepEqual(
      missing.map(({ range }) => range.start.line),
      [1],
    );
  });

  it('shows nothing of a version that is not the newest', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const asked = new Promise<void>((resolve) => {
      client.beforeAnswer = () => {
        resolve();
        return held;
      };
    });
    await client.open(environment, withFile, 'yaml');
    await asked;
    client.beforeAnswer = () => Promise.resolve();
    await client.change(environment, 2, withFile, '-r needed.txt', 'numpy');
    assert.deepEqual(await client.diagnostics(environment, 2), []);
    release();
    await client.request('textDocument/hover', environment, { position: positionIn(withFile, 2) });
    assert.deepEqual(
      client.shown.map(({ version }) => version),
      [2],
    );
  });

  it('refuses an answer about a text that has changed meanwhile', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await client.open(environment, withFile, 'yaml');
    await client.diagnostics(environment, 1);
    const asked = new Promise<void>((resolve) => {
      client.beforeAnswer = () => {
        resolve();
        return held;
      };
    });
    const links = client.request('textDocument/documentLink', environment);
    await asked;
    await client.change(environment, 2, withFile, 'needed', 'other');
    release();
    await assert.rejects(links, /the text has changed/);
  });

  it('looks again when a file it asked about appears', async () => {
    await client.open(environment, withFile, 'yaml');
    assert.deepEqual(codes(await client.diagnostics(environment, 1)), ['env-missing-file']);
    client.files.set('file:///project/needed.txt', '');
    await client.filesChanged('file:///project/needed.txt');
    await client.diagnostics(environment, 1, (found) => found.length === 0);
  });

  it('takes an open document for the file it is of', async () => {
    await client.open('file:///project/needed.txt', '-r more.txt\n', 'plaintext');
    await client.open(environment, withFile, 'yaml');
    const [found] = await client.diagnostics(environment, 1);
    assert.match(JSON.stringify(found), /more\.txt/);
    await client.change('file:///project/needed.txt', 2, '-r more.txt\n', '-r more.txt', '');
    await client.diagnostics(environment, 1, (later) => later.length === 0);
  });

  it('offers a fix where there is one', async () => {
    const text = 'python: 3.10\n';
    await client.open(environment, text, 'yaml');
    const [found] = await client.diagnostics(environment, 1);
    assert.ok(found);
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', environment, {
      range: found.range,
      context: { diagnostics: [found] },
    });
    assert.deepEqual(actions[0]?.edit?.changes?.[environment], [
      { range: found.range, newText: '"3.10"' },
    ]);
  });

  it('leaves syntax errors of YAML to who reports them already', async () => {
    await client.open(environment, 'python: "3\n', 'yaml');
    assert.deepEqual(codes(await client.diagnostics(environment, 1)), ['env-yaml']);
    await client.connection.sendNotification(languageNotices.settingsChanged, {
      ...usualLanguageSettings,
      yamlIsChecked: true,
    });
    await client.diagnostics(environment, 1, (found) => found.length === 0);
  });

  it('takes back what it said of a document that is closed', async () => {
    await client.open(environment, 'dependencies: 1\n', 'yaml');
    await client.diagnostics(environment, 1, (found) => found.length > 0);
    const textDocument = { uri: environment };
    await client.connection.sendNotification('textDocument/didClose', { textDocument });
    await client.diagnostics(environment, 0, (found) => found.length === 0);
  });

  it('leaves other YAML files in peace', async () => {
    const other = 'file:///project/values.yaml';
    await client.open(other, 'a: [1\nb: "', 'yaml');
    assert.deepEqual(await client.diagnostics(other, 1), []);
    const position = { line: 0, character: 0 };
    assert.equal(await client.request('textDocument/hover', other, { position }), null);
  });

  it('knows an environment by the MLproject that names it, in a folder above', async () => {
    const named = 'file:///project/envs/gpu.yaml';
    client.files.set(project, 'python_env: envs/gpu.yaml\n');
    client.files.set('file:///project/needed.txt', '');
    await client.open(named, `${withFile}name: x\n`, 'yaml');
    assert.deepEqual(codes(await client.diagnostics(named, 1)), ['env-unknown-key']);
    const links = await client.request<DocumentLink[]>('textDocument/documentLink', named);
    assert.deepEqual(
      links.map(({ target }) => target),
      ['file:///project/needed.txt'],
    );
  });

  it('goes on after a request that makes no sense', async () => {
    await client.open(environment, 'python: "3.11.9"\n', 'yaml');
    const position = { line: 1e9, character: -5 };
    await client.request('textDocument/hover', environment, { position });
    await client.request('textDocument/hover', 'file:///not/open', { position }).catch(() => null);
    const hover = await client.request<Hover>('textDocument/hover', environment, {
      position: { line: 0, character: 1 },
    });
    assert.match(JSON.stringify(hover.contents), /Python version/);
  });
});

describe('the texts of the language server', () => {
  it('are in the language of the client', async () => {
    const english = 'This key is there twice; only the last one counts.';
    const client = await LanguageTestClient.start({
      texts: { [english]: '이 키가 두 번 있습니다.' },
    });
    try {
      await client.open(environment, 'python: "3.11.9"\npython: "3.11.9"\n', 'yaml');
      const [found] = await client.diagnostics(environment, 1);
      assert.equal(found?.message, '이 키가 두 번 있습니다.');
    } finally {
      await client.connection.sendRequest('shutdown');
      client.connection.dispose();
      // The bundle is the process's.
      await (await LanguageTestClient.start({ texts: {} })).stop();
    }
  });
});

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { settings } from '../../src/ids';
import type { Row } from '../../src/tree/row';
import { type FaultServer, faults, startFaultServer } from '../support/faultServer';
import { activated, change, connect, rowOf, runsOf, say, sayAll } from './underTest';
import type { UnderTest } from './underTest';
import { runsReply } from './wireRun';

const html = '<img src=x onerror=alert(1)>';
const link = '[click](command:workbench.action.quit) $(warning) `x` | y';
const metric = (key: string, value: unknown, step = 0): object => ({
  key,
  value,
  timestamp: 1_700_000_000_000,
  step,
});

const hostileRun = {
  id: 'a'.repeat(32),
  name: `${html} ${link}`,
  metrics: [
    metric('nan', 'NaN'),
    metric('inf', 1.7976931348623157e308),
    metric('-inf', '-Infinity'),
    metric('__proto__', 1),
    metric('constructor', 2),
    metric('a/b c', 3),
    metric('정확도', 0.5),
  ],
  params: [
    { key: 'script', value: '</script><script>alert(1)</script>' },
    { key: '__proto__', value: 'p' },
    { key: 'constructor', value: 'c' },
    { key: 'long', value: 'x'.repeat(6000) },
    { key: 'lines', value: 'a\nb\u2028c\u0000d\u202ee' },
  ],
  tags: [
    { key: 'mlflow.note.content', value: `${html}\n${link}\n# title` },
    { key: '__proto__', value: 't' },
  ],
};

describe('what a hostile server sends', () => {
  let extension: UnderTest;
  let server: FaultServer;

  before(async () => {
    extension = await activated();
    server = await startFaultServer({ experiments: 1 });
  });

  beforeEach(() => server.clearFaults());

  after(async () => {
    await change(settings.trackingUri, undefined);
    await server.close();
  });

  const load = async (reply: string): Promise<readonly Row[]> => {
    server.setFault('runs/search', faults.json(reply));
    await connect(extension, server.url);
    return runsOf(extension, 'experiment 1');
  };
  const below = (row: Row): Promise<readonly Row[]> => extension.experiments.getChildren(row);
  const tooltip = (row: Row): vscode.MarkdownString => {
    const text = extension.experiments.resolveTreeItem({ ...row.item }, row).tooltip;
    assert.ok(text instanceof vscode.MarkdownString);
    return text;
  };
  /** Markdown without what is escaped: whatever is left has a meaning. */
  const meaningful = (text: vscode.MarkdownString): string => text.value.replace(/\\./gs, '');

  it('stands in labels as plain text', async () => {
    const [run] = await load(runsReply(hostileRun));
    assert.equal(run?.item.label, `${html} ${link}`);
  });

  it('neither links nor draws nor runs in a tooltip', async () => {
    const [run] = await load(runsReply(hostileRun));
    assert.ok(run);
    const groups = await below(run);
    const values = await Promise.all(groups.map((group) => below(group)));
    for (const row of [run, ...values.flat()]) {
      const text = tooltip(row);
      assert.ok(!text.isTrusted && !text.supportHtml && !text.supportThemeIcons, say(row));
      assert.doesNotMatch(meaningful(text), /[<>[\]()$`#!]/, say(row));
    }
  });

  it('may name its values __proto__ and constructor', async () => {
    const [run] = await load(runsReply(hostileRun));
    assert.ok(run);
    const groups = await below(run);
    assert.deepEqual(sayAll(groups), ['Parameters | 5', 'Metrics | 7', 'Tags | 2', 'Artifacts']);
    const params = sayAll(await below(rowOf(groups, 'Parameters')));
    assert.ok(params.includes('__proto__ | p') && params.includes('constructor | c'));
    const metrics = sayAll(await below(rowOf(groups, 'Metrics')));
    assert.ok(metrics.includes('__proto__ | 1') && metrics.includes('constructor | 2'));
  });

  it('shows what is no number as what it is', async () => {
    const [run] = await load(runsReply(hostileRun));
    assert.ok(run);
    const metrics = sayAll(await below(rowOf(await below(run), 'Metrics')));
    assert.ok(metrics.includes('nan | NaN'), metrics.join());
    assert.ok(metrics.includes('inf | ∞') || metrics.includes('inf | Infinity'), metrics.join());
    assert.ok(metrics.includes('-inf | -∞') || metrics.includes('-inf | -Infinity'));
  });

  it('is cut to one short line in a row', async () => {
    const [run] = await load(runsReply(hostileRun));
    assert.ok(run);
    const params = await below(rowOf(await below(run), 'Parameters'));
    assert.ok(say(rowOf(params, 'long')).length < 400);
    assert.doesNotMatch(say(rowOf(params, 'lines')), /[\n\u0000\u2028\u202e]/);
    assert.ok(tooltip(rowOf(params, 'long')).value.length < 2500);
  });

  it('may be a bare NaN in its JSON', async () => {
    const reply = runsReply({ id: 'b'.repeat(32), name: 'bare', metrics: [metric('m', 'BARE')] });
    const [run] = await load(reply.replace('"BARE"', 'NaN'));
    assert.ok(run);
    assert.deepEqual(sayAll(await below(rowOf(await below(run), 'Metrics'))), ['m | NaN']);
  });

  it('may be a step beyond 2^53, shown to the last digit', async () => {
    const reply = runsReply({ id: 'c'.repeat(32), name: 'far', metrics: [metric('m', 1, 0)] });
    const [run] = await load(reply.replace('"step":0', '"step":9007199254740993'));
    assert.ok(run);
    const [point] = await below(rowOf(await below(run), 'Metrics'));
    assert.ok(point);
    assert.match(tooltip(point).value.replace(/[^\d|]/g, ''), /9007199254740993/);
  });

  it('may be 5,000 params in one run, shown in portions', async () => {
    const params = Array.from({ length: 5000 }, (_, index) => ({ key: `p${index}`, value: 'v' }));
    const [run] = await load(runsReply({ id: 'd'.repeat(32), name: 'wide', params }));
    assert.ok(run);
    const rows = await below(rowOf(await below(run), 'Parameters'));
    assert.equal(rows.length, 501);
    assert.match(say(rows.at(-1) as Row), /^Load More…/);
  });

  it('may name runs as parents of each other', async () => {
    const parent = (id: string): object => ({ key: 'mlflow.parentRunId', value: id });
    const [one, other] = ['1'.repeat(32), '2'.repeat(32)] as const;
    const rows = await load(
      runsReply(
        { id: one, name: 'one', tags: [parent(other)] },
        { id: other, name: 'other', tags: [parent(one)] },
        { id: '3'.repeat(32), name: 'own parent', tags: [parent('3'.repeat(32))] },
        { id: '4'.repeat(32), name: 'quoted parent', tags: [parent("' OR '1' = '1")] },
      ),
    );
    const seen = new Set<string>();
    const visit = async (row: Row): Promise<void> => {
      assert.ok(!seen.has(row.id), `${row.id} stands twice`);
      seen.add(row.id);
      for (const child of await below(row)) {
        if (child.node.kind === 'run') {
          await visit(child);
        }
      }
    };
    for (const row of rows) {
      await visit(row);
    }
    assert.equal(seen.size, 4);
  });
});

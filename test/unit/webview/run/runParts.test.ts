import assert from 'node:assert/strict';
import { formatSize } from '../../../../src/mlflow/format';
import type { ComparedRun } from '../../../../src/protocol/comparePage';
import { RunsFixture, fixtureTime } from '../../../page/fixtures';
import { readLayout, writeLayout } from '../../../../webview/run/layout';
import { readKept, writeKept } from '../../../../webview/run/kept';
import { artifactRows } from '../../../../webview/run/parts/artifactTree';
import type { Folder } from '../../../../webview/run/parts/artifactTree';
import { profileOf, schemaOf } from '../../../../webview/run/parts/datasetFacts';
import { readBlocks } from '../../../../webview/kit/markdown/blocks';
import { initialState, reduce } from '../../../../webview/run/state';
import type { PageAction, PageState } from '../../../../webview/run/state';
import { metricRows } from '../../../../webview/run/tables/metricRows';

describe('what the page of a run is made of', () => {
  it('lists open folders below one another, models and folders first, and says what is being read', () => {
    const entry = (path: string, isDirectory = false, isModel = false) => ({
      ...{ path, name: path, isDirectory, isModel, size: 1 },
    });
    const folders = new Map<string, Folder>([
      [
        '',
        {
          kind: 'ready',
          entries: [
            entry('b10'),
            entry('b9'),
            entry('a', true),
            entry('c', true),
            entry('/m-1', true, true),
          ],
        },
      ],
      ['a', { kind: 'ready', entries: [] }],
    ]);
    const rows = artifactRows(folders, new Set(['a', 'c']));
    assert.deepEqual(
      rows.map(({ path, depth, says }) => [path, depth, says?.kind]),
      [
        ['/m-1', 0, undefined],
        ['a', 0, undefined],
        ['a/', 1, 'empty'],
        ['c', 0, undefined],
        ['c/', 1, 'loading'],
        ['b9', 0, undefined],
        ['b10', 0, undefined],
      ],
    );
  });

  it('writes sizes short', () => {
    assert.deepEqual([undefined, 0, 1023, 1536, 157_286_400].map(formatSize), [
      '',
      '0 B',
      '1023 B',
      '1.5 KB',
      '150 MB',
    ]);
  });

  it('reads schemas of columns and of tensors, and none from what is no schema', () => {
    const columns = '{"mlflow_colspec": [{"name": "x", "type": "double", "required": false}, {}]}';
    assert.deepEqual(schemaOf(columns), [
      ['x', 'double?'],
      ['1', ''],
    ]);
    const tensors =
      '{"mlflow_tensorspec": {"features": [{"type": "tensor", "tensor-spec": {"dtype": "uint8", "shape": [-1, 28]}}]}}';
    assert.deepEqual(schemaOf(tensors), [['0', 'uint8[-1, 28]']]);
    for (const odd of [undefined, '', '{', '[]', 'null', '{"mlflow_colspec": 1}'])
      assert.deepEqual(schemaOf(odd), [], odd);
    assert.deepEqual(profileOf('{"num_rows": 3, "x": {"y": 1}}'), [
      ['num_rows', '3'],
      ['x', '{"y":1}'],
    ]);
  });

  it('keeps metrics of the machine apart, all in their natural order', () => {
    const zeros = new Float64Array(4);
    const latest = {
      keys: Uint32Array.of(0, 1, 2, 3),
      values: zeros,
      steps: zeros,
      timestamps: zeros,
    };
    const { own, system } = metricRows(latest, ['m10', 'system/gpu', 'm9', 'systematic']);
    assert.deepEqual(
      [own, system].map((rows) => rows.map(({ key }) => key)),
      [['m9', 'm10', 'systematic'], ['system/gpu']],
    );
  });

  it('reads lists, tasks, quotes, tables and code as blocks', () => {
    const kinds = readBlocks(
      '# a\n\nb\nc\n- [x] d\n  - e\n\n> f\n\n~~~\n# g\n~~~\n| h |\n|---|\n***',
    );
    assert.deepEqual(
      kinds.map(({ kind }) => kind),
      ['heading', 'paragraph', 'list', 'quote', 'code', 'table', 'rule'],
    );
    const [, , list] = kinds;
    assert.deepEqual(
      list?.kind === 'list' &&
        list.items.map(({ isDone, blocks }) => [isDone, blocks.map(({ kind }) => kind)]),
      [[true, ['paragraph', 'list']]],
    );
  });

  it('reads a line of blanks as quickly as any other, wherever they stand', () => {
    const blanks = ' '.repeat(50_000);
    const lines = [`# a${blanks}b`, `# ${blanks}\u2028b`, `#${blanks}`, `|a|\n|-${blanks}x`];
    for (const line of lines) {
      const begun = performance.now();
      readBlocks(line);
      const took = performance.now() - begun;
      assert.ok(took < 1000, `${line.slice(0, 5)}: ${took} ms`);
    }
  });

  it('leaves out the marks that close a heading, and no others', () => {
    const texts = ['# a ##  ', '# C#', '# #', '#  a # b', '# '].map((line) => {
      const [block] = readBlocks(line);
      return block?.kind === 'heading' ? block.text : undefined;
    });
    assert.deepEqual(texts, ['a', 'C#', '', 'a # b', '']);
  });

  it('reads by itself again once the run goes on otherwise, trouble is over, or somebody asks', () => {
    const run = new RunsFixture().add({ status: 'RUNNING' });
    const known = { details: undefined, metricKeys: [], readAt: fixtureTime, readOnly: undefined };
    const event = (change: Partial<ComparedRun>): PageAction => ({
      type: 'run',
      event: { run: { ...run, ...change }, ...known },
    });
    let state: PageState = { ...initialState, runs: [run] };
    const isReadAfter = (action: PageAction): boolean => {
      const before = state.reading;
      state = reduce(state, action);
      return state.reading !== before;
    };
    assert.equal(isReadAfter(event({})), false);
    assert.equal(isReadAfter(event({ status: 'FINISHED' })), true);
    assert.equal(isReadAfter({ type: 'trouble', sentence: 'Away.' }), false);
    assert.equal(isReadAfter({ type: 'trouble', sentence: undefined }), true);
    assert.equal(isReadAfter(event({ status: 'FINISHED', standing: 'failed' })), false);
    assert.equal(isReadAfter({ type: 'retrying' }), false);
    assert.equal(isReadAfter(event({ status: 'FINISHED' })), true);
    assert.equal(isReadAfter({ type: 'unreadExtremes', sentence: 'Away.' }), false);
    assert.equal(isReadAfter({ type: 'readAgain' }), true);
    assert.equal(state.unreadExtremes, undefined);
  });

  it('remembers its layout and what was looked at, and takes nonsense for nothing', () => {
    const layout = { ...readLayout(undefined), folded: new Set(['tags']), changedAt: 5 };
    assert.deepEqual(readLayout(JSON.parse(JSON.stringify(writeLayout(layout)))), layout);
    const kept = { ...readKept(undefined), openFolders: new Set(['a/b']), scroll: 7 };
    assert.deepEqual(readKept(JSON.parse(JSON.stringify(writeKept(kept)))), kept);
    for (const odd of [null, 1, 'x', [], { folded: 1, filters: [], scroll: NaN }])
      assert.deepEqual(readKept(odd).scroll, 0);
  });
});

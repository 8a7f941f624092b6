import assert from 'node:assert/strict';
import { figuresOf } from '../../../../webview/runs/group/figures';
import { groupRuns } from '../../../../webview/runs/group/groupRuns';
import type { RunGroup } from '../../../../webview/runs/group/groupRuns';
import { groupedRows, keysOfGroups } from '../../../../webview/runs/group/groupedRows';
import { commonText, figuresHint, groupTitle } from '../../../../webview/runs/group/groupTexts';
import { sortGroups } from '../../../../webview/runs/group/sortGroups';
import type { GroupedColumns } from '../../../../webview/runs/group/sortGroups';
import { sortRanks } from '../../../../webview/runs/model/sortRanks';
import { runsData } from '../../../support/tableRuns';

const data = runsData([
  { params: { opt: 'adam', lr: '10' }, metrics: { loss: 1, acc: 0.5 }, user: 'kim' },
  { params: { opt: 'sgd', lr: '9' }, metrics: { loss: 2 }, user: 'kim' },
  { params: { lr: '9' }, metrics: { loss: 8 }, user: 'lee' },
  { params: { opt: 'adam', lr: '10' }, metrics: { loss: 3, acc: NaN }, user: 'lee' },
  { params: { opt: '', lr: '9' }, metrics: { loss: Infinity }, user: 'lee' },
]);
const all = [0, 1, 2, 3, 4];
const byOpt = { kind: 'param', key: 'opt' } as const;
const byUser = { kind: 'attribute', key: 'user' } as const;

const titles = (groups: readonly RunGroup[]): readonly string[] => groups.map(groupTitle);
const columnOf = data.column.bind(data);
const columns: GroupedColumns = {
  column: columnOf,
  ranks: ({ column: id, descending }) => {
    const column = columnOf(id);
    return column && sortRanks(column, data.rows.length, descending, 'en');
  },
};

describe('groupRuns', () => {
  it('puts runs together by what they have, those that have none in a group of their own', () => {
    const groups = groupRuns(data, all, [byOpt]);
    assert.deepEqual(titles(groups), ['opt: adam', 'opt: sgd', 'opt: empty', 'opt: none']);
    assert.deepEqual(
      groups.map(({ runs }) => runs),
      [[0, 3], [1], [4], [2]],
    );
  });

  it('keeps the order of runs, and groups within groups', () => {
    const groups = groupRuns(data, [4, 3, 2, 1, 0], [byUser, byOpt]);
    assert.deepEqual(titles(groups), ['User: lee', 'User: kim']);
    assert.deepEqual(titles(groups[0]?.groups ?? []), ['opt: empty', 'opt: adam', 'opt: none']);
    const keys = keysOfGroups(groups);
    assert.equal(new Set(keys).size, keys.length);
    assert.equal(keys.length, 7);
  });

  it('knows what is missing from what is called null or __proto__', () => {
    const odd = runsData([{ params: { p: 'null' } }, {}, { params: { p: '__proto__' } }]);
    const groups = groupRuns(odd, [0, 1, 2], [{ kind: 'param', key: 'p' }]);
    assert.equal(new Set(keysOfGroups(groups)).size, 3);
    assert.deepEqual(titles(groups), ['p: null', 'p: __proto__', 'p: none']);
  });

  it('puts all runs together by what is no column', () => {
    const [only, ...others] = groupRuns(data, all, [{ kind: 'attribute', key: 'constructor' }]);
    assert.deepEqual([only?.runs, others], [all, []]);
  });
});

describe('groupedRows', () => {
  it('shows what is in groups below them, unless they are folded', () => {
    const groups = groupRuns(data, all, [byUser, byOpt]);
    const kinds = (collapsed: readonly string[]) =>
      groupedRows(groups, new Set(collapsed)).map((row) =>
        row.kind === 'run'
          ? `run ${row.at} at ${row.level}`
          : `${groupTitle(row.group)} at ${row.level}`,
      );
    assert.deepEqual(kinds([]).slice(0, 4), [
      'User: kim at 1',
      'opt: adam at 2',
      'run 0 at 3',
      'opt: sgd at 2',
    ]);
    assert.deepEqual(kinds(groups.map(({ key }) => key)), ['User: kim at 1', 'User: lee at 1']);
  });
});

describe('figuresOf', () => {
  it('counts what it leaves out', () => {
    const { count, mean, std, min, max, odd, missing } = figuresOf(columnOf('metric:loss'), all);
    assert.deepEqual([count, mean, min, max, odd, missing], [4, 3.5, 1, 8, 1, 0]);
    assert.ok(std !== undefined && Math.abs(std - 3.1091263510296048) < 1e-12);
    const acc = figuresOf(columnOf('metric:acc'), all);
    assert.deepEqual([acc.count, acc.std, acc.odd, acc.missing], [1, undefined, 1, 3]);
    assert.match(figuresHint(acc), /left out: 1 that are NaN or infinite\nwithout a value: 3$/);
  });

  it('keeps its digits far from zero, and stays finite at the ends of doubles', () => {
    const far = runsData([1, 2, 3].map((more) => ({ metrics: { m: 1e9 + more } })));
    assert.equal(figuresOf(far.column('metric:m'), [0, 1, 2]).std, 1);
    const huge = runsData([1.7e308, -1.7e308, 1.7e308].map((m) => ({ metrics: { m } })));
    const { mean, std } = figuresOf(huge.column('metric:m'), [0, 1, 2]);
    assert.ok(mean !== undefined && Math.abs(mean / 1.7e308 - 1 / 3) < 1e-12);
    assert.ok(std === Infinity || (std ?? 0) > 1.7e308);
    const same = figuresOf(huge.column('metric:m'), [0, 2]);
    assert.deepEqual([same.mean, same.std], [1.7e308, 0]);
  });

  it('has nothing to say of no values', () => {
    const { count, mean, missing } = figuresOf(undefined, all);
    assert.deepEqual([count, mean, missing], [0, undefined, 5]);
  });
});

describe('sortGroups', () => {
  const groups = groupRuns(data, all, [byOpt]);
  const sorted = (column: `metric:${string}` | `param:${string}`, descending: boolean) =>
    titles(sortGroups(groups, [{ column, descending }], 'mean', columns));

  it('goes by the aggregate, what has none last', () => {
    assert.deepEqual(sorted('metric:loss', false), [
      'opt: adam',
      'opt: sgd',
      'opt: none',
      'opt: empty',
    ]);
    assert.deepEqual(sorted('metric:loss', true), [
      'opt: none',
      'opt: adam',
      'opt: sgd',
      'opt: empty',
    ]);
  });

  it('goes by the values of the groups themselves, numbers by their size', () => {
    assert.deepEqual(sorted('param:opt', true), [
      'opt: sgd',
      'opt: adam',
      'opt: empty',
      'opt: none',
    ]);
    const byRate = groupRuns(data, all, [{ kind: 'param', key: 'lr' }]);
    assert.deepEqual(titles(sortGroups(byRate, [], 'mean', columns)), ['lr: 9', 'lr: 10']);
  });

  it('leaves groups where their first runs are for any other column', () => {
    const backwards = groupRuns(data, all.toReversed(), [byUser]);
    const sort = [{ column: 'param:lr', descending: true }] as const;
    assert.deepEqual(titles(sortGroups(backwards, sort, 'mean', columns)), [
      'User: lee',
      'User: kim',
    ]);
  });

  it('lets a column without figures decide before one with figures, and that one where they are alike', () => {
    const sort = [
      { column: 'param:lr', descending: false },
      { column: 'metric:loss', descending: false },
    ] as const;
    assert.deepEqual(titles(sortGroups(groups, sort, 'mean', columns)), [
      'opt: sgd',
      'opt: none',
      'opt: empty',
      'opt: adam',
    ]);
  });
});

describe('commonText', () => {
  it('is what all runs have, or how many different values', () => {
    assert.equal(commonText(columnOf('param:lr'), [0, 3]), '10');
    assert.equal(commonText(columnOf('param:opt'), all), '3 values');
    assert.equal(commonText(undefined, all), '');
  });
});

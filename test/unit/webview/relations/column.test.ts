import assert from 'node:assert/strict';
import { asLabels, readColumn, textOf } from '../../../../webview/relations/column';
import { run, sourceOf } from './runsFixture';

const paramColumn = (...texts: readonly (string | undefined)[]) => {
  const runs = texts.map((text, at) => run(`r${at}`, text === undefined ? {} : { p: text }));
  return { column: readColumn({ of: 'param', key: 'p' }, sourceOf(runs)) };
};

describe('readColumn', () => {
  it('reads params as numbers where all of them are some, and counts runs without', () => {
    const { column } = paramColumn('0.1', ' 1e-3 ', undefined, '+5', '.5', '2.');
    assert.deepEqual([...column.values], [0.1, 0.001, NaN, 5, 0.5, 2]);
    assert.deepEqual([column.labels, column.missing], [undefined, 1]);
  });

  it('orders texts as labels, numbers first by their size', () => {
    const { column } = paramColumn('None', '10', '9', 'layer10', 'layer9', '', '10', undefined);
    assert.deepEqual(column.labels, ['9', '10', '', 'layer9', 'layer10', 'None']);
    assert.deepEqual([...column.values], [5, 1, 0, 4, 3, 2, 1, NaN]);
    assert.equal(column.missing, 1);
  });

  it('takes words that only look like numbers for texts', () => {
    for (const text of ['0x10', '1_000', 'Infinity', 'nan', '1e', '.', '1 2', '٣'])
      assert.deepEqual(paramColumn(text, '1').column.labels?.includes(text), true, text);
  });

  it('reads the whole of a param that is shown cut', () => {
    const cut = { ...run('a', {}), params: [{ key: 'p', text: '1…', full: '1000' }] };
    const column = readColumn({ of: 'param', key: 'p' }, sourceOf([cut]));
    assert.deepEqual([...column.values], [1000]);
    assert.equal(textOf(column, 0, true), '1000');
  });

  it('reads latest metrics, and knows missing ones from NaN and infinite ones', () => {
    const runs = [
      run('a', {}, { acc: 1, loss: 0.123456 }),
      run('b', {}),
      run('c', {}, { loss: NaN }),
    ];
    const all = [...runs, run('d', {}, { loss: -Infinity })];
    const column = readColumn({ of: 'metric', key: 'loss' }, sourceOf(all));
    assert.deepEqual([...column.values], [0.123456, NaN, NaN, NaN]);
    assert.deepEqual([column.missing, column.odd.size], [1, 2]);
    const texts = (full: boolean): string[] => all.map((_, at) => textOf(column, at, full));
    assert.deepEqual(texts(false), ['0.1235', '', 'NaN', '-Infinity']);
    assert.equal(texts(true)[0], '0.123456');
  });

  it('makes groups of numbers, by how they are spelled', () => {
    const { column } = paramColumn('10', '2', '10', undefined, '1.0', '1');
    const grouped = asLabels(column);
    assert.deepEqual(grouped.labels, ['1', '1.0', '2', '10']);
    assert.deepEqual([...grouped.values], [3, 2, 3, NaN, 1, 0]);
  });
});

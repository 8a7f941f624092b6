import assert from 'node:assert/strict';
import { compareTables } from '../../../src/tables/compare/compareTables';
import { comparedWindow } from '../../../src/tables/compare/comparedWindow';
import { noSignal, textTable } from '../../support/heldTables';

const before = textTable('id,score,name\n1,0.5,a\n2,0.25,b\n3,1,c\n');
const after = textTable('id,name,score,more\n1,a,0.50,x\n3,C,1.0,y\n4,d,2,z\n');

describe('two tables', () => {
  it('are compared row by row in their places', async () => {
    const { facts } = await compareTables([before, after], undefined, noSignal);
    assert.deepEqual(facts.counts, {
      ...{ rows: 3, differing: 2, onlyFirst: 0, onlySecond: 0, cells: 6 },
    });
    assert.deepEqual(
      facts.columns.map(({ name, differing, in: where }) => `${name} ${where} ${differing}`),
      ['id both 2', 'score both 2', 'name both 2', 'more second 0'],
    );
  });

  it('are compared by a key, with what only one of them has', async () => {
    const made = await compareTables([before, after], 'id', noSignal);
    assert.deepEqual(made.facts.counts, {
      ...{ rows: 4, differing: 1, onlyFirst: 1, onlySecond: 1, cells: 1 },
    });
    const area = { onlyDifferences: true, fromRow: 0, toRow: 10, columns: [0, 2, 3] };
    const { standings, first, second, cells } = await comparedWindow(made, area, noSignal);
    assert.deepEqual(standings, ['first', 'differs', 'second']);
    assert.deepEqual(
      [[...first], [...second]],
      [
        [1, 2, -1],
        [-1, 1, 2],
      ],
    );
    assert.deepEqual(cells, [
      [['2', null], '3', [null, '4']],
      [
        ['b', null],
        ['c', 'C'],
        [null, 'd'],
      ],
      [
        [null, null],
        [null, 'y'],
        [null, 'z'],
      ],
    ]);
  });

  it('match rows with the same key in their order, and say so', async () => {
    const [one, other] = [textTable('k,v\na,1\na,2\n'), textTable('k,v\na,1\na,3\nb,1\n')];
    const { facts } = await compareTables([one, other], 'k', noSignal);
    assert.deepEqual(
      [facts.repeatedKeys, facts.counts.differing, facts.counts.onlySecond],
      [4, 1, 1],
    );
  });
});

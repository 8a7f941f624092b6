import assert from 'node:assert/strict';
import type { TreeNode } from '../../src/tree/node';
import { type Row, Rows } from '../../src/tree/row';

const scope = { connection: 'http://host', prefix: 'http://host|' };
const node = (name: string, value = ''): TreeNode => ({
  kind: 'param',
  id: name,
  param: { key: name, value },
});

describe('the rows of a list that is read anew', () => {
  let rows: Rows;
  const update = (names: string, parent?: Row): readonly Row[] =>
    rows.update(
      parent,
      [...names].map((name) => node(name)),
      scope,
    );
  const names = (list: readonly Row[]): string => list.map(({ node: { id } }) => id).join('');

  beforeEach(() => {
    rows = new Rows();
  });

  it('stay the same objects, however the list changes', () => {
    for (const [before, after] of [
      ['abcdef', 'abcdef'],
      ['abcdef', 'xabcdef'],
      ['abcdef', 'acdef'],
      ['abcdef', 'fedcba'],
      ['abcdefghij', 'j'],
      ['abcdefghij', 'jaxbyczdwevfughi'],
      ['abc', ''],
      ['', 'abc'],
    ] as const) {
      rows = new Rows();
      const former = new Map(update(before).map((row) => [row.node.id, row]));
      const now = update(after);
      assert.equal(names(now), after);
      for (const row of now) {
        assert.equal(row, former.get(row.node.id) ?? row);
        assert.equal(rows.get(scope.prefix + row.node.id), row);
      }
      for (const gone of [...before].filter((name) => !after.includes(name))) {
        assert.equal(rows.get(scope.prefix + gone), undefined, `${gone} of ${before}`);
      }
      assert.deepEqual(rows.under(undefined), now);
    }
  });

  it('are there once each, as they were named first', () => {
    const twice = [node('a', '1'), node('b', '1'), node('a', '2')];
    for (const list of [
      rows.update(undefined, twice, scope),
      rows.update(undefined, twice, scope),
    ]) {
      assert.deepEqual(
        list.map(({ item: { description } }) => description),
        ['1', '1'],
      );
    }
  });

  it('move to another parent, and are gone when that one loses them', () => {
    const [a, b] = update('ab');
    assert.ok(a && b);
    const [moved] = update('x', a);
    update('x', b);
    assert.deepEqual([moved?.parent, names(update('', a))], [b, '']);
    assert.equal(rows.get(`${scope.prefix}x`), moved);
    update('', b);
    assert.equal(rows.get(`${scope.prefix}x`), undefined);
    const [anew] = update('x', a);
    assert.equal(rows.get(`${scope.prefix}x`), anew);
  });

  it('are others where another server has the same list', () => {
    const [here] = update('a');
    const elsewhere = { connection: 'http://other', prefix: 'http://other|' };
    const [there] = rows.update(undefined, [node('a')], elsewhere);
    assert.notEqual(there, here);
    assert.equal(there?.connection, 'http://other');
  });
});

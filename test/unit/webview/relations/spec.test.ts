import assert from 'node:assert/strict';
import type { RelationSpec } from '../../../../webview/relations/spec';
import { mostAxes, readRelation } from '../../../../webview/relations/spec';

const param = (key: string) => ({ field: { of: 'param' as const, key } });
const metric = (key: string) => ({ field: { of: 'metric' as const, key } });

describe('readRelation', () => {
  const specs: RelationSpec[] = [
    { kind: 'parallel', axes: [{ ...param('lr'), range: { from: 1, to: 2 } }, metric('loss')] },
    { kind: 'scatter', x: { ...param('lr'), division: 'log' }, y: metric('loss') },
    { kind: 'contour', x: param('lr'), y: param('depth'), z: metric('loss') },
    { kind: 'box', x: param('optimizer'), y: { ...metric('loss'), division: 'linear' } },
  ];

  for (const spec of specs)
    it(`reads ${spec.kind} as it was written`, () => {
      assert.deepEqual(readRelation(JSON.parse(JSON.stringify(spec))), spec);
    });

  it('passes over whatever is no spec', () => {
    const axis = param('lr');
    const wrong: unknown[] = [
      ...[undefined, null, 7, 'scatter', [], {}],
      { kind: 'pie', x: axis, y: axis },
      { kind: 'scatter', x: axis },
      { kind: 'scatter', x: axis, y: { field: { of: 'tag', key: 'a' } } },
      { kind: 'scatter', x: axis, y: param('a'.repeat(1001)) },
      { kind: 'contour', x: axis, y: axis },
      { kind: 'parallel', axes: { length: 2 } },
    ];
    for (const each of wrong) assert.equal(readRelation(each), undefined);
  });

  it('takes each field once, ranges that are some, and not too many axes', () => {
    const axes = [
      { ...param('a'), range: { from: 2, to: 1 } },
      param('a'),
      { ...metric('a'), division: 'sideways' },
      'b',
    ];
    assert.deepEqual(readRelation({ kind: 'parallel', axes }), {
      kind: 'parallel',
      axes: [param('a'), metric('a')],
    });
    const many = Array.from({ length: 50 }, (_, at) => param(String(at)));
    const spec = readRelation({ kind: 'parallel', axes: many });
    assert.equal(spec?.kind === 'parallel' && spec.axes.length, mostAxes);
  });
});

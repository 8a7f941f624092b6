import assert from 'node:assert/strict';
import { numberDifference, textDifference } from '../../../../webview/runs/baseline/difference';
import { runsData } from '../../../support/tableRuns';

const data = runsData([
  { params: { opt: 'adam' }, metrics: { loss: 0.5, odd: NaN } },
  { params: { opt: 'adam' }, metrics: { loss: 0.25, odd: NaN } },
  { params: { opt: 'sgd' }, metrics: { loss: 1, odd: 1 } },
  { metrics: { loss: 0.5 } },
]);
const loss = data.column('metric:loss');

describe('numberDifference', () => {
  it('says how much, and whether it is better, by sign and word', () => {
    const less = numberDifference(loss, 1, 0, 'lower');
    assert.deepEqual([less?.kind, less?.sign, less?.text], ['better', '▼', '−0.25 (−50.0%)']);
    assert.match(less?.spoken ?? '', /less than the baseline: .*, better$/);
    assert.equal(numberDifference(loss, 2, 0, 'lower')?.kind, 'worse');
    assert.equal(numberDifference(loss, 2, 0, 'higher')?.kind, 'better');
    assert.equal(numberDifference(loss, 2, 0, 'none')?.kind, 'other');
  });

  it('knows the same, NaN and what is missing', () => {
    assert.equal(numberDifference(loss, 3, 0, 'lower')?.kind, 'same');
    const odd = data.column('metric:odd');
    assert.equal(numberDifference(odd, 1, 0, 'lower')?.kind, 'same');
    assert.equal(numberDifference(odd, 2, 0, 'lower')?.sign, '≠');
    assert.equal(numberDifference(odd, 3, 0, 'lower'), undefined);
    assert.equal(numberDifference(loss, 0, 0, 'lower'), undefined);
  });
});

describe('textDifference', () => {
  it('tells changed from unchanged', () => {
    const opt = data.column('param:opt');
    assert.equal(textDifference(opt, 1, 0)?.kind, 'same');
    assert.equal(textDifference(opt, 2, 0)?.sign, '≠');
    assert.equal(textDifference(opt, 3, 0)?.sign, '≠');
    assert.equal(textDifference(undefined, 3, 0), undefined);
  });
});

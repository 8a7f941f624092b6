import assert from 'node:assert/strict';
import { formatPlace, timeTicks } from '../../../../webview/charts/axisTicks';

const labels = (min: number, max: number, unit: 'duration' | 'time'): string[] =>
  timeTicks({ min, max }, 6, unit, 'en').map(({ label }) => label);

describe('ticks of time axes', () => {
  it('stand at round durations, in the largest unit that fits', () => {
    assert.deepEqual(labels(0, 4000, 'duration'), ['0', '1s', '2s', '3s', '4s']);
    assert.deepEqual(labels(0, 7_200_000, 'duration'), ['0', '30m', '60m', '90m', '120m']);
    assert.deepEqual(labels(-5, 5, 'duration'), ['-4ms', '-2ms', '0', '2ms', '4ms']);
  });

  it('are bounded however long the axis is', () => {
    assert.ok(labels(0, 4e15, 'time').length <= 7);
    assert.ok(labels(0, 1e-3, 'duration').length >= 1);
  });

  it('say places as exactly as a tooltip needs them', () => {
    assert.equal(formatPlace(3_723_500, 'duration', 'en'), '1:02:03.5');
    assert.equal(formatPlace(59_970, 'duration', 'en'), '1:00');
    assert.equal(formatPlace(12_345, 'number', 'en'), '12345');
  });
});

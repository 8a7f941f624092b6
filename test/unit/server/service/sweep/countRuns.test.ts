import assert from 'node:assert/strict';
import { countRuns } from '../../../../../src/server/service/sweep/countRuns';
import { readSweep } from '../../../../../src/server/service/sweep/readSweep';
import { readYaml } from '../../../../../src/server/service/yaml/readYaml';

function count(text: string): ReturnType<typeof countRuns> | undefined {
  const { sweep } = readSweep(readYaml(text));
  return sweep && countRuns(sweep);
}

describe('The number of runs of a sweep', () => {
  const cases: [text: string, expected: ReturnType<typeof countRuns>][] = [
    ['a: [1, 2]\nb: [x, y, z]\n', 6],
    ['a: [1, 2]\nb: []\n', 0],
    ['a: [1, 2]\nb: 3\n', 'unknown'],
    ['method: grid\nparameters: {a: {values: [1, 2]}, b: {value: 1}, c: {min: 1, max: 4}}\n', 8],
    ['method: grid\nrun_cap: 3\nparameters: {a: {values: [1, 2]}, b: {values: [1, 2]}}\n', 3],
    ['method: grid\nparameters: {a: {min: 0, max: 0.3, distribution: q_uniform, q: 0.1}}\n', 4],
    ['method: random\nrun_cap: 7\nparameters: {a: {min: 0.0, max: 1.0}}\n', 7],
    ['method: random\nparameters: {a: {values: [1]}}\n', 'endless'],
    ['method: random\nrun_cap: 7\nparameters: {a: {values: []}}\n', 0],
    ['method: grid\nparameters: {a: {distribution: normal, mu: 0, sigma: 1}}\n', 'endless'],
    ['method: grid\nparameters: {a: {}}\n', 'unknown'],
    ['method: grid\nparameters: {}\n', 'unknown'],
    [
      'method: grid\nparameters: {a: {min: 0, max: 99999999}, b: {min: 0, max: 999999999}}\n',
      Infinity,
    ],
  ];
  for (const [text, expected] of cases) {
    it(`is ${expected} for ${JSON.stringify(text)}`, () => {
      assert.equal(count(text), expected);
    });
  }
});

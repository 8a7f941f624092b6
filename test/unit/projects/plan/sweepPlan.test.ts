import assert from 'node:assert/strict';
import { exactExp, exactLog } from '../../../../src/projects/plan/exactMath';
import { editValues, leaveOut, readChoice } from '../../../../src/projects/plan/planChoice';
import { numberText } from '../../../../src/projects/plan/drawValue';
import { readSweepText } from '../../../../src/projects/plan/readSweepText';
import { shuffledIndex } from '../../../../src/projects/plan/seededDraw';
import { SweepPlan } from '../../../../src/projects/plan/sweepPlan';
import { type PlanChoice, wholePlan } from '../../../../src/projects/sweepContracts';

function planOf(text: string, seed = 1, choice: PlanChoice = wholePlan): SweepPlan {
  const { sweep, errors } = readSweepText(text);
  assert.deepEqual(errors, []);
  assert.ok(sweep);
  return new SweepPlan(sweep, seed, choice);
}

const texts = (plan: SweepPlan, count = plan.size): string[] =>
  Array.from({ length: count }, (_, number) =>
    plan
      .at(number)
      .values.map(([, text]) => text)
      .join(' '),
  );
const numbers = (plan: SweepPlan, name: string, count: number): number[] =>
  Array.from({ length: count }, (_, number) =>
    Number(new Map(plan.at(number).values).get(name) ?? NaN),
  );
const drawn = (domain: string): string =>
  `method: random\nrun_cap: 2000\nparameters:\n  a: ${domain}\n`;

/** Written down when the arithmetic was made: a sweep that was begun keeps its values. */
const recorded = [
  '0.372390429403 0.0362901835654 0.600798203061 79 a',
  '0.432965453345 0.0223401339038 -0.030098342421 99 b',
  '0.778882709018 0.000563533196193 -0.126010097687 20 c',
];

describe('the plan of a grid', () => {
  it('is in the order of itertools.product, with the texts as they are written', () => {
    const plan = planOf('a: [1e-3, 0.10]\nb: [yes, "x y", -1]\n');
    assert.deepEqual(texts(plan), [
      ...['1e-3 yes', '1e-3 x y', '1e-3 -1'],
      ...['0.10 yes', '0.10 x y', '0.10 -1'],
    ]);
  });

  it('counts through whole numbers and steps', () => {
    const text =
      'method: grid\nparameters:\n  a: {min: 1, max: 3}\n' +
      '  b: {min: 0, max: 0.3, q: 0.1, distribution: q_uniform}\n  c: {value: z}\n';
    assert.deepEqual(texts(planOf(text)).slice(0, 5), [
      '1 0 z',
      '1 0.1 z',
      '1 0.2 z',
      '1 0.3 z',
      '2 0 z',
    ]);
    assert.equal(planOf(text).size, 12);
  });

  it('ends at run_cap', () => {
    const plan = planOf('method: grid\nrun_cap: 2\nparameters:\n  a: {values: [1, 2, 3]}\n');
    assert.deepEqual(texts(plan), ['1', '2']);
  });

  it('of more combinations than numbers can count is still told one by one', () => {
    const values = Array.from({ length: 1000 }, (_, n) => n).join(', ');
    const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
    const text = `method: grid\nrun_cap: 5\nparameters:\n${keys.map((key) => `  ${key}: {values: [${values}]}\n`).join('')}`;
    assert.deepEqual(texts(planOf(text)).slice(0, 2), ['0 0 0 0 0 0', '0 0 0 0 0 1']);
    const sample = planOf(text, 1, { ...wholePlan, sample: 4 });
    assert.equal(new Set(texts(sample)).size, 4);
  });

  it('is sampled without drawing any combination twice', () => {
    const text = `a: [${Array.from({ length: 100 }, (_, n) => n).join(', ')}]\nb: [1, 2, 3]\n`;
    const sample = texts(planOf(text, 5, { ...wholePlan, sample: 200 }));
    assert.deepEqual([sample.length, new Set(sample).size], [200, 200]);
    assert.deepEqual(sample, texts(planOf(text, 5, { ...wholePlan, sample: 200 })));
    assert.notDeepEqual(sample, texts(planOf(text, 6, { ...wholePlan, sample: 200 })));
  });
});

describe('a shuffled order', () => {
  it('has each thing once, whatever the size', () => {
    for (const size of [1, 2, 3, 10, 1000, 4097]) {
      const places = Array.from({ length: size }, (_, n) => shuffledIndex(size, n, 7));
      assert.deepEqual(
        places.toSorted((a, b) => a - b),
        Array.from({ length: size }, (_, n) => n),
      );
    }
  });
});

describe('values drawn at random', () => {
  it('are these on every machine', () => {
    const text =
      'method: random\nrun_cap: 3\nseed: 7\nparameters:\n  u: {min: 0.0, max: 1.0}\n' +
      '  l: {min: 0.0001, max: 0.1, distribution: log_uniform_values}\n  n: {mu: 0, sigma: 1, distribution: normal}\n' +
      '  i: {min: 1, max: 100}\n  c: {values: [a, b, c]}\n';
    assert.deepEqual(texts(planOf(text, 7)), recorded);
  });

  it('stay where their distribution has them', () => {
    for (const [domain, low, high, middle] of [
      ['{min: 2.0, max: 4.0}', 2, 4, 3],
      ['{min: 1, max: 9}', 1, 9, 5],
      ['{min: 0.01, max: 100, distribution: log_uniform_values}', 0.01, 100, 1],
      ['{min: -2, max: 2, distribution: log_uniform}', Math.exp(-2), Math.exp(2), 1],
      ['{min: 0, max: 1, q: 0.25, distribution: q_uniform}', 0, 1, 0.5],
      ['{min: 1, max: 100, q: 5, distribution: q_log_uniform_values}', 5, 100, 10],
      ['{mu: 3, sigma: 2, distribution: normal}', -8, 14, 3],
      ['{mu: 0, sigma: 1, distribution: log_normal}', 0, 100, 1],
      ['{mu: 0, sigma: 10, q: 5, distribution: q_normal}', -60, 60, 0],
    ] as const) {
      const found = numbers(planOf(drawn(domain)), 'a', 2000).toSorted((a, b) => a - b);
      assert.ok((found[0] ?? NaN) >= low && (found.at(-1) ?? NaN) <= high, domain);
      const spread = high - low;
      assert.ok(Math.abs((found[1000] ?? NaN) - middle) < spread / 15, `${domain}: ${found[1000]}`);
    }
  });

  it('are multiples of q, and whole where they are to be', () => {
    const steps = numbers(
      planOf(drawn('{min: 0, max: 1, q: 0.25, distribution: q_uniform}')),
      'a',
      300,
    );
    assert.deepEqual([...new Set(steps)].toSorted(), [0, 0.25, 0.5, 0.75, 1]);
    const whole = numbers(planOf(drawn('{min: 1, max: 3}')), 'a', 300);
    assert.deepEqual([...new Set(whole)].toSorted(), [1, 2, 3]);
  });

  it('are as likely as the file says', () => {
    const domain = '{values: [a, b, c], probabilities: [0.7, 0.3, 0]}';
    const found = texts(planOf(drawn(domain)));
    const share = found.filter((text) => text === 'a').length / found.length;
    assert.ok(share > 0.66 && share < 0.74, String(share));
    assert.ok(!found.includes('c'));
  });

  it('have no end without run_cap, unless so many are asked for', () => {
    const text = 'method: random\nparameters:\n  a: {min: 0.0, max: 1.0}\n';
    assert.equal(planOf(text).count, Infinity);
    assert.equal(planOf(text, 1, { ...wholePlan, sample: 20 }).count, 20);
  });
});

describe('what a person chooses of a plan', () => {
  const text = 'a: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]\n';
  const left = (choice: PlanChoice): number[] => {
    const plan = planOf(text, 1, choice);
    const found: number[] = [];
    for (let at = plan.next(0); at !== undefined; at = plan.next(at + 1)) found.push(at);
    assert.equal(found.length, plan.count);
    return found;
  };

  it('leaves out combinations and takes them in again', () => {
    const without = leaveOut(wholePlan, [2, 3, 4, 8], true);
    assert.deepEqual(without.leftOut, [
      [2, 4],
      [8, 8],
    ]);
    assert.deepEqual(left(without), [0, 1, 5, 6, 7, 9]);
    assert.deepEqual(left(leaveOut(without, [3, 8], false)), [0, 1, 3, 5, 6, 7, 8, 9]);
  });

  it('gives a combination other values', () => {
    const edited = editValues(wholePlan, 3, [['a', '33']]);
    assert.equal(texts(planOf(text, 1, edited))[3], '33');
    assert.equal(texts(planOf(text, 1, editValues(edited, 3, undefined)))[3], '3');
  });

  it('is read back from JSON, and refused where it is none', () => {
    const choice = editValues(leaveOut(wholePlan, [1, 2], true), 5, [['a', 'x']]);
    assert.deepEqual(readChoice(JSON.parse(JSON.stringify(choice))), choice);
    for (const odd of [
      undefined,
      [],
      { leftOut: [[2, 1]], edits: [] },
      { leftOut: [], edits: [{}] },
    ]) {
      assert.equal(readChoice(odd), undefined);
    }
  });
});

describe('a plan that much is left out of', () => {
  it('finds the next number without looking at every range', () => {
    const leftOut = Array.from({ length: 200_000 }, (_, n) => [2 * n + 1, 2 * n + 1] as const);
    const plan = planOf('method: random\nparameters: {a: {min: 0, max: 1}}\n', 1, {
      ...wholePlan,
      leftOut,
    });
    let [count, reads] = [0, 0];
    const counted = new Proxy(leftOut, {
      get: (ranges, key) => {
        reads++;
        return Reflect.get(ranges, key) as unknown;
      },
    });
    Object.assign(plan, { choice: { ...wholePlan, leftOut: counted } });
    for (let next = plan.next(300_000); next !== undefined && count < 1000; count++) {
      assert.equal(next % 2, 0);
      next = plan.next(next + 1);
    }
    assert.ok(reads < 1000 * 100, String(reads));
  });
});

describe('the text of a number', () => {
  it('keeps every digit of a whole number', () => {
    assert.equal(numberText(1_234_567_890_123), '1234567890123');
    assert.equal(numberText(Number.MAX_SAFE_INTEGER), '9007199254740991');
    assert.equal(numberText(-0), '0');
    assert.equal(numberText(0.1 + 0.2), '0.3');
  });
});

describe('logarithm and exponential', () => {
  it('are those of Math, to about 15 digits', () => {
    for (const value of [
      1e-300,
      1e-9,
      0.1,
      0.5,
      0.9999999,
      1,
      1.5,
      2,
      Math.E,
      10,
      12345.678,
      1e300,
    ]) {
      const log = exactLog(value);
      assert.ok(
        Math.abs(log - Math.log(value)) <= 4e-15 * Math.max(1, Math.abs(log)),
        String(value),
      );
    }
    for (const value of [-700, -20, -1, -1e-9, 0, 0.3, 1, 10, 100, 700]) {
      const ratio = exactExp(value) / Math.exp(value);
      assert.ok(Math.abs(ratio - 1) < 2e-13, `${value}: ${ratio}`);
    }
  });
});

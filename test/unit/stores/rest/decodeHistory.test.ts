import assert from 'node:assert/strict';
import type { MetricHistory } from '../../../../src/mlflow/model';
import { readHistoryPage } from '../../../../src/stores/rest/decodeHistory';
import { PointList } from '../../../../src/stores/series/pointList';

const never = new AbortController().signal;

async function read(text: string, signal = never): Promise<MetricHistory> {
  const points = new PointList();
  await readHistoryPage(text, points, signal);
  return points.toHistory('loss', Infinity, never);
}

const point = (step: number | string, value: number | string = 1, key = 'loss'): string =>
  `{\n "key": "${key}",\n "value": ${value},\n "timestamp": 1700000000000,\n "step": ${step}\n}`;
const reply = (points: readonly string[], more = ''): string =>
  `{\n  "metrics": [\n${points.join(',\n    ')}\n  ]${more}\n}`;
/** More than three pieces that are parsed one after the other. */
const many = (key: string): string[] =>
  Array.from({ length: 50_000 }, (_, step) => point(step, step / 7, key));

describe('readHistoryPage', () => {
  it('reads points and the token of the next page', async () => {
    const points = new PointList();
    const text = reply([point(0), point(1)], ',\n "next_page_token": "abc"');
    const page = await readHistoryPage(text, points, never);
    assert.deepEqual(page, { count: 2, nextPageToken: 'abc' });
  });

  it('reads an answer without points', async () => {
    for (const text of ['{}', '{"metrics": []}', '{"metrics": null, "next_page_token": ""}']) {
      const page = await readHistoryPage(text, new PointList(), never);
      assert.deepEqual(page, { count: 0, nextPageToken: undefined });
    }
  });

  for (const key of ['loss', 'a},{b', 'a}, {\\"key\\": 1},']) {
    it(`reads a long answer piece by piece, where the key is ${key}`, async () => {
      const points = new PointList();
      const text = reply(many(key), ', "next_page_token": "abc"');
      assert.deepEqual(await readHistoryPage(text, points, never), {
        count: 50_000,
        nextPageToken: 'abc',
      });
      const { steps, values } = await points.toHistory('loss', Infinity, never);
      assert.deepEqual([steps[0], steps[17_001], steps[49_999]], [0, 17_001, 49_999]);
      assert.ok(values.every((value, index) => value === index / 7));
    });
  }

  it('lets others through while it reads a long answer, and stops when cancelled', async () => {
    const controller = new AbortController();
    const reading = read(reply(many('loss')), controller.signal);
    setImmediate(() => controller.abort());
    await assert.rejects(reading, { name: 'AbortError' });
  });

  it('reads words instead of numbers, and the largest doubles as infinities', async () => {
    const words = ['"NaN"', 'NaN', '"Infinity"', '-Infinity', '"1.5e3"', '1.7976931348623157e308'];
    const values = [
      ...words,
      '-1.7976931348623157e+308',
      '1.7976931348623155e308',
      '1e999',
      '-0.0',
    ];
    const history = await read(reply(values.map((value, step) => point(step, value))));
    assert.deepEqual(
      [...history.values],
      [
        NaN,
        NaN,
        Infinity,
        -Infinity,
        1500,
        Infinity,
        -Infinity,
        1.7976931348623155e308,
        Infinity,
        -0,
      ],
    );
  });

  it('keeps steps beyond 2^53 exact, as numbers and as text', async () => {
    const steps = ['1152921504606846977', '"-9007199254740993"', '5', '"7"'];
    const { exactSteps } = await read(reply(steps.map((step) => point(step))));
    assert.deepEqual([...(exactSteps ?? [])], [-9007199254740993n, 5n, 7n, 1152921504606846977n]);
  });

  it('takes missing steps and times for 0', async () => {
    const { steps, timestamps } = await read('{"metrics": [{"key": "k", "value": 1}]}');
    assert.deepEqual([steps[0], timestamps[0]], [0, 0]);
  });

  const wrong: readonly [string, string][] = [
    [reply([point(0), point(1, 'true')]), 'metrics[1].value'],
    [reply([point(0), point(1, '"one"')]), 'metrics[1].value'],
    [reply([point(0), point('1e999')]), 'metrics[1].step'],
    [reply([point(0), point('{}')]), 'metrics[1].step'],
    [reply([point(0), '{"value": 1}']), 'metrics[1].key'],
    [reply([point(0), 'null']), 'metrics[1]'],
    [reply([...many('loss'), point(0, '[]')]), 'metrics[50000].value'],
    [reply([...many('loss').slice(0, 20_000), '3', ...many('loss')]), 'metrics[20000]'],
    ['{"metrics": {}}', 'metrics'],
    ['{"metrics": [], "next_page_token": 5}', 'next_page_token'],
    ['[]', ''],
    ['5', ''],
  ];
  for (const [index, [text, path]] of wrong.entries()) {
    it(`says where answer ${index} is wrong: ${path || 'everywhere'}`, async () => {
      await assert.rejects(read(text), { kind: 'malformed', reason: 'shape', detail: { path } });
    });
  }

  for (const text of ['{"metrics": [', reply(many('loss')).slice(0, -9), '{"metrics": []} 5', '']) {
    it(`rejects ${text.length} characters that are no JSON`, async () => {
      await assert.rejects(read(text), SyntaxError);
    });
  }
});

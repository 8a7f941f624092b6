import assert from 'node:assert/strict';
import { namedIn } from '../../../src/links/terminalLine';

const id = '0123456789abcdef0123456789abcdef';
const runUrl = `http://127.0.0.1:5000/#/experiments/7/runs/${id}`;
const experimentUrl = 'http://127.0.0.1:5000/#/experiments/7';

/** What is marked in a line, and what it leads to. */
function marked(line: string): readonly string[] {
  return namedIn(line).map(({ startIndex, length, reference }) => {
    const what = reference.kind === 'run' ? reference.runId : reference.experimentId;
    return `${line.slice(startIndex, startIndex + length)} → ${what} ${reference.serverUrl}`;
  });
}

describe('namedIn', () => {
  it('finds the run and the experiment that MLflow announces', () => {
    assert.deepEqual(marked(`🏃 View run calm-elk-3 at: ${runUrl}`), [
      `View run calm-elk-3 at: ${runUrl} → ${id} http://127.0.0.1:5000`,
    ]);
    assert.deepEqual(marked(`🧪 View experiment at: ${experimentUrl}`), [
      `View experiment at: ${experimentUrl} → 7 http://127.0.0.1:5000`,
    ]);
  });

  it('finds several in one line, and one behind the output of a program', () => {
    const line = `12:00 View run a at: ${runUrl} View experiment at: ${experimentUrl} done`;
    assert.deepEqual(marked(line), [
      `View run a at: ${runUrl} → ${id} http://127.0.0.1:5000`,
      `View experiment at: ${experimentUrl} → 7 http://127.0.0.1:5000`,
    ]);
  });

  it('goes by the last address when the name of a run holds another one', () => {
    const evil = runUrl.replace('127.0.0.1', 'evil.example');
    const [only, ...others] = namedIn(`View run x at: ${evil} at: ${runUrl}`);
    assert.deepEqual([only?.reference.serverUrl, others], ['http://127.0.0.1:5000', []]);
  });

  it('leaves user and password out of where it leads', () => {
    const [only] = namedIn(`View run x at: ${runUrl.replace('//', '//me:secret@')}`);
    assert.doesNotMatch(JSON.stringify(only?.reference), /secret/);
  });

  for (const line of [
    '',
    'View run',
    `View run ${runUrl}`,
    `see ${runUrl}`,
    'View run x at: http://host/else',
    `View run x at: file:///experiments/7/runs/${id}`,
    `View run x at: javascript:alert(1)//experiments/7/runs/${id}`,
    `View run x at: http://host/#/experiments/7/runs/${id}0`,
    'View experiment at: http://host/#/experiments/',
  ]) {
    it(`finds nothing in ${JSON.stringify(line)}`, () => {
      assert.deepEqual(namedIn(line), []);
    });
  }

  const long = 1_000_000;
  const hostile: Record<string, string> = {
    'no blanks': 'x'.repeat(long),
    announcements: 'View run '.repeat(long / 9),
    'beginnings of addresses': `View run ${' at: http'.repeat(long / 9)}`,
    'one endless address': `View run x at: http://h/${'a/experiments/1/runs/'.repeat(long / 20)}`,
    'endless routes': `View run x at: http://h${'/experiments/'.repeat(long / 13)}`,
    'many announcements': `View run x at: http://h/#/experiments/1/runs/${id} `.repeat(long / 80),
  };
  for (const [what, line] of Object.entries(hostile)) {
    it(`reads a line of a megabyte in no time: ${what}`, () => {
      const started = performance.now();
      namedIn(line);
      assert.ok(performance.now() - started < 1000);
    });
  }

  it('finds an announcement at the end of a megabyte', () => {
    assert.equal(namedIn(`${'x '.repeat(long / 2)}View run a at: ${runUrl}`).length, 1);
  });
});

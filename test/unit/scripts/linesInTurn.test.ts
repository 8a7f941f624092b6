import assert from 'node:assert/strict';
import { LinesInTurn } from '../../../scripts/linesInTurn.mts';

describe('the lines of several that speak at once', () => {
  it('are heard one after the other, in the order in which they began', () => {
    const heard: string[] = [];
    const lines = new LinesInTurn((line) => heard.push(line));
    const [one, two, three] = [lines.begin(), lines.begin(), lines.begin()];
    two.say('2a');
    one.say('1a');
    three.say('3a');
    three.end();
    assert.deepEqual(heard, ['1a']);
    one.say('1b');
    one.end();
    assert.deepEqual(heard, ['1a', '1b', '2a']);
    two.say('2b');
    assert.equal(heard.at(-1), '2b');
    two.end();
    assert.deepEqual(heard, ['1a', '1b', '2a', '2b', '3a']);
    const four = lines.begin();
    four.say('4a');
    assert.equal(heard.at(-1), '4a');
  });
});

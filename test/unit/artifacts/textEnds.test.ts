import assert from 'node:assert/strict';
import { wholeLinesOfHead, wholeLinesOfTail } from '../../../src/artifacts/textEnds';

const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text));
const text = (some: Uint8Array): string => Buffer.from(some).toString();

describe('the ends of a text', () => {
  it('end and begin with whole lines', () => {
    assert.equal(text(wholeLinesOfHead(bytes('one\ntwo\nthr'))), 'one\ntwo\n');
    assert.equal(text(wholeLinesOfTail(bytes('ree\nfour\nfive'))), 'four\nfive');
    assert.equal(text(wholeLinesOfTail(bytes('only\n'))), 'only\n');
  });

  it('are cut between characters where there are no lines', () => {
    for (const character of ['a', 'é', '한', '🙂']) {
      const whole = bytes(character.repeat(5));
      for (let cut = 0; cut <= whole.length; cut++) {
        const head = text(wholeLinesOfHead(whole.slice(0, cut)));
        assert.equal(head, character.repeat([...head].length), `${character} ${cut}`);
        assert.ok(cut - Buffer.byteLength(head) < Buffer.byteLength(character));
        const tail = text(wholeLinesOfTail(whole.slice(cut)));
        assert.equal(tail, character.repeat([...tail].length), `${character} ${cut}`);
      }
    }
  });

  it('lose no more than a line of usual length', () => {
    const long = `short\n${'x'.repeat(200_000)}`;
    assert.equal(wholeLinesOfHead(bytes(long)).length, long.length);
    const odd = `${'x'.repeat(200_000)}\nshort`;
    assert.equal(wholeLinesOfTail(bytes(odd)).length, odd.length);
  });
});

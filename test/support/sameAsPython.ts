import assert from 'node:assert/strict';
import { evaluatePieces, isMistake } from '../../src/server/service/python/formatField';
import { formatPieces } from '../../src/server/service/python/formatPieces';
import { readYaml } from '../../src/server/service/yaml/readYaml';
import type { FormatAnswer, TextAnswer } from './projectOracle';
import { commandValues } from './randomCommands';
import { shownYaml } from './shownYaml';

const values = new Map(Object.entries(commandValues));

/** Compares what the server makes of a command with what Python did. */
export function assertFormatted(command: string, theirs: FormatAnswer): void {
  const ours = evaluatePieces(command, formatPieces(command), values);
  const shown = JSON.stringify(command);
  if (isMistake(ours)) {
    assert.deepEqual({ error: ours.error, words: ours.words }, theirs, shown);
  } else if (ours === undefined) {
    // What stands on a class, or is much longer than a line, is not followed.
    assert.ok('text' in theirs, `${shown}: ${JSON.stringify(theirs)}`);
  } else {
    assert.deepEqual({ text: ours }, theirs, shown);
  }
}

/** Compares what the server reads in a text with what PyYAML did. */
export function assertRead(text: string, theirs: TextAnswer): void {
  const { problem, mistakes, root } = readYaml(text);
  const shown = JSON.stringify(text);
  if (!('error' in theirs)) {
    assert.equal(problem?.words, undefined, shown);
    assert.deepEqual(shownYaml(root), theirs.value, shown);
  } else if (problem !== undefined) {
    assert.deepEqual([problem.error, problem.words], [theirs.error, theirs.words], shown);
  } else {
    const words = mistakes.map((one) => `${one.error}: ${one.words}`);
    assert.ok(words.includes(`${theirs.error}: ${theirs.words}`), `${shown}: ${words.join()}`);
  }
}

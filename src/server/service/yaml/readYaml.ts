import { constructMistakes } from './constructMistakes';
import { isDeep } from './isDeep';
import { recoverTree } from './recoverTree';
import { YamlStop } from './textReader';
import { TreeParser } from './treeParser';
import type { YamlDocument, YamlProblem } from './yamlDocument';

/** In UTF-16 units. MLproject files of a hundred times less are long ones. */
const largestText = 1_200_000;
/** A guess at the tree of a broken text takes ten times as long as reading a sound one. */
const largestBroken = 200_000;

/** Reads a YAML text as PyYAML's `safe_load` does. Throws for no text, and takes less than a second for any. */
export function readYaml(text: string): YamlDocument {
  if (text.length > largestText) {
    const words = 'the text is too large';
    const problem = {
      span: { start: 0, end: 0 },
      words,
      error: 'Error',
      kind: 'tooLarge',
    } as const;
    return { text, root: undefined, problem, mistakes: [] };
  }
  const unprintable = findUnprintable(text);
  try {
    const root = new TreeParser(
      unprintable === undefined ? text : text.slice(0, unprintable.at),
    ).parse();
    if (unprintable === undefined) {
      return { text, root, problem: undefined, mistakes: root ? constructMistakes(root) : [] };
    }
    return broken(text, unprintable.problem);
  } catch (error) {
    if (!(error instanceof YamlStop)) throw error;
    // PyYAML looks at a piece of the text at a time, before it reads it.
    const comesFirst = unprintable !== undefined && error.span.start >= unprintable.seenFrom;
    return broken(text, comesFirst ? unprintable.problem : problemOf(error));
  }
}

function broken(text: string, problem: YamlProblem): YamlDocument {
  const root =
    text.length > largestBroken || problem.error === 'RecursionError' || isDeep(text)
      ? undefined
      : recoverTree(text);
  return { text, root, problem, mistakes: [] };
}

function problemOf({ pythonError, words, span }: YamlStop): YamlProblem {
  return { span, words, error: pythonError, kind: 'syntax' };
}

interface Unprintable {
  readonly at: number;
  /** From here on, the scanner does not come before it is found. */
  readonly seenFrom: number;
  readonly problem: YamlProblem;
}

const pieceLength = 4096;

function findUnprintable(text: string): Unprintable | undefined {
  const found = /[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(text);
  if (found === null) return undefined;
  const { index } = found;
  const code = found[0].charCodeAt(0).toString(16).padStart(4, '0');
  return {
    at: index,
    seenFrom: index - (index % pieceLength) - 1,
    problem: {
      span: { start: index, end: index + 1 },
      words: `unacceptable character #x${code}: special characters are not allowed`,
      error: 'ReaderError',
      kind: 'syntax',
    },
  };
}

/**
 * MLflow's own limits, in characters. Longer values of runs are cut without a word, by older servers
 * and for experiments above `safeValue` already.
 */
export const tagLimits = { key: 250, value: 8000, safeValue: 5000 } as const;

/** The tag that holds a run's or an experiment's description, in Markdown. */
export const noteTag = 'mlflow.note.content';

/** Why MLflow refuses a tag's key. */
export type KeyProblem = 'empty' | 'long' | 'characters' | 'path';

/**
 * What is wrong with the key of a tag, by the rules of MLflow's `utils/validation.py`: letters, digits
 * and `_ - . : /` and blanks, and nothing that a path would not keep as it is. Letters are those of
 * any language, as Python takes them.
 */
export function tagKeyProblem(key: string): KeyProblem | undefined {
  if (key === '') {
    return 'empty';
  }
  if (lengthOf(key) > tagLimits.key) {
    return 'long';
  }
  if (!/^[\p{L}\p{N}_\-./: ]*$/u.test(key)) {
    return 'characters';
  }
  const parts = key.split('/');
  const isPath = parts.some((part) => part === '' || part === '.' || part === '..');
  return isPath || key.startsWith('..') ? 'path' : undefined;
}

/** Length as Python counts it: a pair of surrogates is one character. */
export function lengthOf(text: string): number {
  let length = text.length;
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) >= 0xd800 && text.charCodeAt(index) < 0xdc00) {
      length--;
    }
  }
  return length;
}

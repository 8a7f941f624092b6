import { lengthOf } from '../tagRules';

/** Characters of a name; databases hold no more, though the smallest of them do not say so. */
export const longestModelName = 256;
export const longestAlias = 255;

/** Why MLflow refuses the name of a registered model. */
export type ModelNameProblem = 'empty' | 'long' | 'characters' | 'path';

/**
 * What is wrong with the name of a registered model, by the rules of MLflow's `utils/validation.py`. MLflow 3 takes no `/` and
 * `:`, and nothing that a path would not keep as it is; MLflow 2 takes anything, and so does this where the version is
 * not known.
 *
 * @param version of the registry's server, e.g. `3.17.2`
 */
export function modelNameProblem(
  name: string,
  version: string | undefined,
): ModelNameProblem | undefined {
  if (name.trim() === '') {
    return 'empty';
  }
  if (lengthOf(name) > longestModelName) {
    return 'long';
  }
  if (version === undefined || /^[012]\./.test(version)) {
    return undefined;
  }
  if (/[/:]/.test(name)) {
    return 'characters';
  }
  return name === '.' || name.startsWith('..') ? 'path' : undefined;
}

/** Why MLflow refuses an alias. */
export type AliasProblem = 'empty' | 'long' | 'characters' | 'latest' | 'version';

/** What is wrong with an alias: MLflow keeps `latest` and `v1`, `V2`, … for itself, and takes letters, digits, `_` and `-`. */
export function aliasProblem(alias: string): AliasProblem | undefined {
  if (alias === '') {
    return 'empty';
  }
  if (!/^[\p{L}\p{N}_-]+$/u.test(alias)) {
    return 'characters';
  }
  if (lengthOf(alias) > longestAlias) {
    return 'long';
  }
  if (alias.toLowerCase() === 'latest') {
    return 'latest';
  }
  return /^[vV]\p{Nd}+$/u.test(alias) ? 'version' : undefined;
}

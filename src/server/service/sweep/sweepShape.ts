import { findKey } from '../../schema/keySchema';
import { sweepKeys, sweepMethods, sweepParameterKeys } from '../../schema/sweepSchema';
import { nearest } from '../nearest';
import { resolveAlias, type YamlEntry, type YamlMap, type YamlNode } from '../yaml/yamlTree';
import { nameOf, valueOf } from './sweepReader';

/**
 * Whether a mapping is meant as the form: it has `parameters` below which there are mappings, or `method` with one of its
 * words. A plain grid may have parameters of these names, too, but then their values are lists.
 */
export function isForm(root: YamlMap): boolean {
  return root.entries.some((entry) => {
    const value = resolveAlias(entry.value);
    switch (nameOf(entry.key)) {
      case 'parameters':
        return value?.kind === 'map';
      case 'method':
        return value?.kind === 'scalar' && isMethodLike(value.text);
      case 'run_cap':
        return value?.kind === 'scalar';
      case 'metric':
      case 'early_terminate':
        return value?.kind === 'map';
    }
    return false;
  });
}

function isMethodLike(text: string): boolean {
  return text === '' || /^[a-z]+$/i.test(text);
}

/** The whole form, so that a file of any name is a sweep: a method that exists, and parameters. */
export function isWholeForm(root: YamlMap): boolean {
  const entries = new Map(root.entries.map((entry) => [nameOf(entry.key), entry]));
  const method = textOf(entries.get('method'));
  const parameters = entries.get('parameters');
  return (
    method !== undefined &&
    methods.includes(method) &&
    parameters !== undefined &&
    resolveAlias(parameters.value)?.kind === 'map'
  );
}

/** Every key a parameter, every value a list of scalars, and something to choose from. */
export function isWholeGrid(root: YamlMap): boolean {
  const sizes = root.entries.map(({ value }) => sizeOfList(value));
  return sizes.every((size) => size > 0) && sizes.some((size) => size > 1);
}

/**
 * Whether a file in a project's folder, under a name that many programs use, is meant as a grid with mistakes: a parameter has
 * a list of values, and nothing is nested. One with a value for each parameter is what a script reads.
 */
export function isGridLike(root: YamlMap, parameters: ReadonlySet<string>): boolean {
  const isFlat = root.entries.every(({ value }) => resolveAlias(value)?.kind !== 'map');
  return (
    isFlat &&
    root.entries.some(({ key, value }) => parameters.has(nameOf(key)) && isScalarList(value))
  );
}

/** Whether such a file is meant as the form: a parameter has a domain, or all keys are those of a sweep. */
export function isFormLike(root: YamlMap): boolean {
  const names = sweepKeys.map(({ key }) => key);
  const entries = new Map(root.entries.map((entry) => [nameOf(entry.key), entry]));
  const parameters = entries.get('parameters');
  if (parameters !== undefined && hasDomain(parameters.value)) return true;
  const method = textOf(entries.get('method'));
  const isMethod = method === '' || (method !== undefined && isNear(method, methods));
  return (
    (isMethod || entries.has('run_cap') || entries.has('early_terminate')) &&
    [...entries.keys()].every((key) => isNear(key, names))
  );
}

const methods = sweepMethods.map(({ value }) => value);

function isNear(word: string, words: readonly string[]): boolean {
  return words.includes(word) || nearest(word, words) !== undefined;
}

function hasDomain(parameters: YamlNode): boolean {
  const map = resolveAlias(parameters);
  const domains = map?.kind === 'map' ? map.entries.map(({ value }) => resolveAlias(value)) : [];
  return domains.some(
    (domain) =>
      domain?.kind === 'map' &&
      domain.entries.some(({ key }) => findKey(sweepParameterKeys, nameOf(key)) !== undefined),
  );
}

function isScalarList(node: YamlNode): boolean {
  const list = resolveAlias(node);
  return list?.kind === 'list' && list.items.every((item) => valueOf(item) !== undefined);
}

/** 0 for what is no list of scalars. */
function sizeOfList(node: YamlNode): number {
  const list = resolveAlias(node);
  return list?.kind === 'list' && isScalarList(list) ? list.items.length : 0;
}

function textOf(entry: YamlEntry | undefined): string | undefined {
  return entry && valueOf(entry.value)?.text;
}

import { sweepKeys, sweepMethods } from '../../schema/sweepSchema';
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
  return text === '' || sweepMethods.some(({ value }) => value === text) || /^[a-z]+$/i.test(text);
}

/** The whole form, so that a file of any name is a sweep: a method that exists, and parameters. */
export function isWholeForm(root: YamlMap): boolean {
  const entries = new Map(root.entries.map((entry) => [nameOf(entry.key), entry]));
  const method = textOf(entries.get('method'));
  const parameters = entries.get('parameters');
  return (
    sweepMethods.some(({ value }) => value === method) &&
    parameters !== undefined &&
    resolveAlias(parameters.value)?.kind === 'map'
  );
}

/** Every key a parameter, every value a list of scalars, and something to choose from. */
export function isWholeGrid(root: YamlMap): boolean {
  const sizes = root.entries.map(({ value }) => sizeOfList(value));
  return sizes.every((size) => size > 0) && sizes.some((size) => size > 1);
}

/** Whether a file in a project's folder may be meant as a grid: one key holds a list, or is a parameter. */
export function isGridLike(root: YamlMap, parameters: ReadonlySet<string>): boolean {
  return root.entries.some(
    ({ key, value }) => sizeOfList(value) > 0 || parameters.has(nameOf(key)),
  );
}

/** 0 for what is no list of scalars. */
function sizeOfList(node: YamlNode): number {
  const list = resolveAlias(node);
  if (list?.kind !== 'list') return 0;
  return list.items.every((item) => valueOf(item) !== undefined) ? list.items.length : 0;
}

function textOf(entry: YamlEntry | undefined): string | undefined {
  return entry && valueOf(entry.value)?.text;
}

/** Whether the file has keys of the form at all. */
export function hasFormKeys(root: YamlMap): boolean {
  return root.entries.some(({ key }) => sweepKeys.some((one) => one.key === nameOf(key)));
}

import { pythonValue } from '../python/pythonValue';
import { resolveAlias, type YamlNode } from '../yaml/yamlTree';
import { isTruthy } from './pythonWords';

/** Whether Python takes what a node holds for true. */
export function truthOf(node: YamlNode | undefined): boolean {
  const resolved = node && resolveAlias(node);
  if (resolved === undefined) return false;
  const isEmpty =
    resolved.kind === 'scalar'
      ? resolved.text === ''
      : (resolved.kind === 'map' ? resolved.entries : resolved.items).length === 0;
  return isTruthy(pythonValue(resolved), isEmpty);
}

import { pythonText } from '../../src/server/service/python/pythonText';
import {
  pythonKey,
  pythonValue,
  type PythonValue,
} from '../../src/server/service/python/pythonValue';
import { dictEntries } from '../../src/server/service/yaml/dictEntries';
import { resolveAlias, type YamlNode } from '../../src/server/service/yaml/yamlTree';

/** A tree as projectOracle.py shows what Python made of the same text. */
export function shownYaml(node: YamlNode | undefined): unknown {
  const resolved = node && resolveAlias(node);
  if (resolved === undefined) return 'NoneType:None';
  if (resolved.kind === 'map') {
    const entries = dictEntries(resolved).entries;
    return { dict: entries.map(({ key, value }) => [shownKey(key), shownYaml(value)]) };
  }
  if (resolved.kind === 'list') return { list: resolved.items.map(shownYaml) };
  return shownScalar(pythonValue(resolved));
}

function shownKey(node: YamlNode): unknown {
  return shownScalar(pythonKey(node));
}

function shownScalar(value: PythonValue): string {
  return `${value.type.replace('datetime.', '')}:${pythonText(value) ?? ''}`;
}

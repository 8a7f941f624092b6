import { pythonText } from '../python/pythonText';
import { pythonKey, pythonValue } from '../python/pythonValue';
import { dictEntries } from '../yaml/dictEntries';
import type { YamlDocument } from '../yaml/yamlDocument';
import {
  resolveAlias,
  type YamlEntry,
  type YamlMap,
  type YamlNode,
  type YamlScalar,
} from '../yaml/yamlTree';
import type {
  CommandModel,
  EntryPointModel,
  EnvironmentKey,
  EnvironmentModel,
  NamedValue,
  ParameterModel,
  ProjectModel,
} from './projectModel';
import { readCommand } from './readCommand';

const environmentKeys: readonly EnvironmentKey[] = ['python_env', 'conda_env', 'docker_env'];

/** Reads what MLflow reads of an MLproject file (`load_project` of mlflow/projects/_project_spec.py). */
export function readProject(document: YamlDocument): ProjectModel {
  const root = mapOf(document.root);
  const keys = root === undefined ? new Map<string, YamlEntry>() : namedEntries(root);
  const points = mapOf(keys.get('entry_points')?.value);
  const reading = readingOf(document.text);
  return {
    root,
    keys,
    name: namedValue(keys.get('name')),
    environments: readEnvironments(keys),
    entryPoints:
      points === undefined
        ? []
        : dictEntries(points).entries.map((entry) => readEntryPoint(reading, entry)),
  };
}

export function mapOf(node: YamlNode | undefined): YamlMap | undefined {
  const resolved = node && resolveAlias(node);
  const isDict = resolved?.kind === 'map' && pythonValue(resolved).type === 'dict';
  return isDict ? resolved : undefined;
}

/** Those entries whose key is a text, as Python has them. */
export function namedEntries(map: YamlMap): Map<string, YamlEntry> {
  const named = new Map<string, YamlEntry>();
  for (const entry of dictEntries(map).entries) {
    const key = pythonKey(entry.key);
    if (key.type === 'str') named.set(key.text, entry);
  }
  return named;
}

function namedValue(entry: YamlEntry | undefined): NamedValue | undefined {
  return entry && { entry, value: pythonValue(entry.value) };
}

function readEnvironments(keys: ReadonlyMap<string, YamlEntry>): EnvironmentModel[] {
  return environmentKeys
    .flatMap((key) => {
      const found = namedValue(keys.get(key));
      if (found === undefined) return [];
      const { value } = found;
      const path = value.type === 'str' && value.text !== '' ? value.text : undefined;
      return [{ ...found, key, path: key === 'docker_env' ? undefined : path }];
    })
    .sort((a, b) => a.entry.key.span.start - b.entry.key.span.start);
}

/** What several entry points may have in common through aliases is read once. */
interface Reading {
  readonly parametersOf: (map: YamlMap) => readonly ParameterModel[];
  readonly commands: (node: YamlScalar) => CommandModel;
}

function readingOf(text: string): Reading {
  return {
    parametersOf: once((map) => dictEntries(map).entries.map(readParameter)),
    commands: once((node) => readCommand(text, node)),
  };
}

function once<Key, Made>(make: (key: Key) => Made): (key: Key) => Made {
  const made = new Map<Key, Made>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}

function readEntryPoint(read: Reading, entry: YamlEntry): EntryPointModel {
  const map = mapOf(entry.value);
  const keys = map && namedEntries(map);
  const parametersEntry = keys?.get('parameters');
  const commandEntry = keys?.get('command');
  const parameters = mapOf(parametersEntry?.value);
  const commandNode = commandEntry && resolveAlias(commandEntry.value);
  const isText = commandNode?.kind === 'scalar' && pythonValue(commandNode).type === 'str';
  const { commands, parametersOf } = read;
  return {
    name: pythonText(pythonKey(entry.key)) ?? '',
    entry,
    map,
    parametersEntry,
    parameters: parameters === undefined ? [] : parametersOf(parameters),
    commandEntry,
    command: isText ? commands(commandNode) : undefined,
  };
}

function readParameter(entry: YamlEntry): ParameterModel {
  const name = pythonText(pythonKey(entry.key)) ?? '';
  const facts = { name, entry, nameSpan: entry.key.span };
  const map = mapOf(entry.value);
  const keys = map && namedEntries(map);
  const typeNode = keys === undefined ? entry.value : keys.get('type')?.value;
  const defaultNode = keys?.get('default')?.value;
  const type = typeNode && pythonValue(typeNode);
  const value = defaultNode && pythonValue(defaultNode);
  return {
    ...facts,
    typeNode,
    type: type === undefined ? 'string' : type.type === 'str' ? type.text : undefined,
    defaultNode,
    defaultValue: value === undefined || value.type === 'NoneType' ? undefined : value,
  };
}

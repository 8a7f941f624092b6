import * as l10n from '@vscode/l10n';
import { nearest } from '../nearest';
import type { EntryPointModel, ParameterModel } from '../project/projectModel';
import { mapOf } from '../project/readProject';
import { pythonKey, pythonValue } from '../python/pythonValue';
import { parameterTypes } from '../../schema/mlprojectSchema';
import { placeOf } from './checkShape';
import { collect } from './collect';
import { problemAt, type ProjectProblem } from './projectProblem';
import { noAttribute } from './pythonWords';
import { quoteNodeFix } from './quoteFixes';
import { removalFixes } from './textEdits';

/** The names and types of an entry point's parameters. */
export function checkParameters(text: string, { parameters }: EntryPointModel): ProjectProblem[] {
  return collect(parameters, (parameter, index) => [
    ...checkShape(text, parameter),
    ...checkName(text, parameter, index),
  ]);
}

/** What is no error about them. */
export function checkTypes(text: string, point: EntryPointModel): ProjectProblem[] {
  const used = new Set(point.command?.placeholders.map(({ name }) => name));
  return collect(point.parameters, (parameter) => [
    ...checkNameReading(text, parameter),
    ...checkType(parameter),
    ...(used.has(parameter.name) ? [] : checkUse(text, point, parameter)),
  ]);
}

function checkShape(text: string, { entry, name }: ParameterModel): ProjectProblem[] {
  const value = pythonValue(entry.value);
  if (value.type === 'str' || mapOf(entry.value) !== undefined) return [];
  const isNone = value.type === 'NoneType';
  const sentence = isNone
    ? l10n.t('The parameter `{0}` needs a type, such as `string`.', name)
    : l10n.t('The parameter `{0}` needs a type here; a value is its `default`.', name);
  const { start, end } = entry.value.span;
  const written = text.slice(start, end);
  const type = { int: 'int', float: 'float' }[value.type as string] ?? 'string';
  const newText = isNone ? ' string' : `{type: ${type}, default: ${written}}`;
  const isLine = !/[\r\n]/.test(written) && (!isNone || end === start);
  const fixes = isLine
    ? [
        {
          title: l10n.t('Change to `{0}`', newText.trim()),
          edits: [{ span: { start, end }, newText }],
        },
      ]
    : [];
  return [
    problemAt('parameter-shape', placeOf(entry), sentence, noAttribute(value, 'get'), { fixes }),
  ];
}

/** What MLflow's stores take for the name of a parameter (`validate_param_and_metric_name`, `path_not_unique`). */
const loggable = /^[/\p{L}\p{N}_.\- :]*$/u;
const longestName = 250;

function checkName(
  text: string,
  { entry, name, nameSpan, defaultValue }: ParameterModel,
  index: number,
): ProjectProblem[] {
  const key = pythonKey(entry.key);
  if (key.type !== 'str' && defaultValue === undefined) {
    const sentence = l10n.t('Python reads this name as {0}, which nobody can give.', name);
    const words = `No value given for missing parameters: '${name}'`;
    const fixes = quoteNodeFix(text, entry.key);
    return [problemAt('parameter-name-type', nameSpan, sentence, words, { fixes })];
  }
  if (!loggable.test(name)) {
    const words = `Invalid value "${name}" for parameter 'params[${index}].key' supplied: Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).`;
    return [problemAt('parameter-name', nameSpan, refusedName(name), words)];
  }
  if (name === '' || isOddPath(name)) {
    const words = `Invalid value "${name}" for parameter 'params[${index}].key' supplied: Names may be treated as files in certain cases, and must not resolve to other names when treated as such. This name would resolve to '${normalized(name)}'`;
    return [problemAt('parameter-name', nameSpan, refusedName(name), words)];
  }
  if ([...name].length <= longestName) return [];
  const words = `'Param key' exceeds the maximum length of ${longestName} characters`;
  return [problemAt('parameter-name', nameSpan, refusedName(name.slice(0, 20)), words)];
}

/** A name that Python reads as a number, say, works by what Python prints of it. */
function checkNameReading(
  text: string,
  { entry, name, nameSpan, defaultValue }: ParameterModel,
): ProjectProblem[] {
  const written = text.slice(nameSpan.start, nameSpan.end);
  const isText = pythonKey(entry.key).type === 'str';
  if (isText || defaultValue === undefined || written === name) return [];
  const sentence = l10n.t(
    'YAML reads `{0}` otherwise than it looks: the parameter is called `{1}`.',
    written,
    name,
  );
  const fixes = quoteNodeFix(text, entry.key);
  return [problemAt('read-otherwise', nameSpan, sentence, undefined, { fixes })];
}

function refusedName(name: string): string {
  return l10n.t('MLflow cannot log a parameter with the name `{0}`.', name);
}

function isOddPath(name: string): boolean {
  const path = normalized(name);
  return path !== name || path === '.' || path.startsWith('..') || path.startsWith('/');
}

/** `posixpath.normpath` of Python. */
function normalized(name: string): string {
  const kept: string[] = [];
  const isAbsolute = name.startsWith('/');
  for (const part of name.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..' || kept.at(-1) === '..' || (!isAbsolute && kept.length === 0))
      kept.push(part);
    else kept.pop();
  }
  const slashes = /^\/\/(?!\/)/.test(name) ? '//' : isAbsolute ? '/' : '';
  const path = slashes + kept.filter((part) => !isAbsolute || part !== '..').join('/');
  return path === '' ? '.' : path;
}

function checkType({ entry, type, typeNode }: ParameterModel): ProjectProblem[] {
  if (typeNode === undefined) return [];
  const names = parameterTypes.map(({ value }) => value);
  if (type === undefined) {
    if (mapOf(entry.value) === undefined) return [];
    const sentence = l10n.t('A type is one of {0}.', names.join(', '));
    return [problemAt('type-not-text', typeNode.span, sentence)];
  }
  if (names.includes(type)) return [];
  const meant = synonyms[type.toLowerCase()] ?? nearest(type, names);
  const sentence =
    meant === undefined
      ? l10n.t('MLflow knows no type `{0}` and takes it for a text.', type)
      : l10n.t('MLflow knows no type `{0}` and takes it for a text. Is `{1}` meant?', type, meant);
  const fixes =
    meant === undefined
      ? []
      : [
          {
            title: l10n.t('Change to `{0}`', meant),
            edits: [{ span: typeNode.span, newText: meant }],
          },
        ];
  return [problemAt('unknown-type', typeNode.span, sentence, undefined, { fixes })];
}

const synonyms: Readonly<Record<string, string>> = {
  str: 'string',
  text: 'string',
  bool: 'string',
  boolean: 'string',
  integer: 'int',
  long: 'int',
  number: 'float',
  double: 'float',
  file: 'path',
  folder: 'path',
  directory: 'path',
  url: 'uri',
};

function checkUse(
  text: string,
  { command, parametersEntry }: EntryPointModel,
  { entry, name, nameSpan }: ParameterModel,
): ProjectProblem[] {
  if (command === undefined) return [];
  const map = parametersEntry && mapOf(parametersEntry.value);
  const sentence = l10n.t('The parameter `{0}` never reaches the command.', name);
  const fixes =
    map !== undefined && map.entries.length > 1
      ? removalFixes(text, map, entry, l10n.t('Remove the parameter'))
      : [];
  return [problemAt('unused-parameter', nameSpan, sentence, undefined, { fixes })];
}

import * as l10n from '@vscode/l10n';
import type { ProjectModel } from '../project/projectModel';
import { mapOf } from '../project/readProject';
import { pythonValue, type PythonValue } from '../python/pythonValue';
import type { YamlDocument } from '../yaml/yamlDocument';
import type { Span, YamlEntry, YamlNode } from '../yaml/yamlTree';
import { collect } from './collect';
import { problemAt, type ProjectProblem } from './projectProblem';
import { noAttribute } from './pythonWords';

/** What MLflow takes for a mapping without looking, and crashes on where it is none. */
export function checkShape(document: YamlDocument, project: ProjectModel): ProjectProblem[] {
  const { root } = document;
  if (root === undefined || mapOf(root) === undefined) return [rootProblem(document)];
  const { keys, entryPoints } = project;
  const sentence = l10n.t('`entry_points` has to hold entry points by name.');
  return [
    ...unlessMap(keys.get('entry_points'), 'items', sentence),
    ...collect(entryPoints, ({ entry, name, parametersEntry }) => [
      ...unlessMap(entry, 'get', l10n.t('The entry point `{0}` has to hold a `command`.', name)),
      ...unlessMap(
        parametersEntry,
        'items',
        l10n.t('`parameters` has to hold parameters by name; leave it out where there are none.'),
      ),
    ]),
  ];
}

function rootProblem({ root, text }: YamlDocument): ProjectProblem {
  const value: PythonValue = root === undefined ? { type: 'NoneType' } : pythonValue(root);
  const sentence =
    value.type === 'NoneType'
      ? l10n.t('The file is empty. A project needs at least a name or an entry point here.')
      : l10n.t('The file has to hold keys such as `name` and `entry_points`.');
  const span =
    root === undefined || root.span.end === root.span.start ? firstLine(text) : root.span;
  return problemAt('not-a-mapping', span, sentence, noAttribute(value, 'keys'));
}

function firstLine(text: string): Span {
  const end = text.search(/[\r\n]/);
  return { start: 0, end: end === -1 ? text.length : end };
}

function unlessMap(
  entry: YamlEntry | undefined,
  attribute: string,
  sentence: string,
): ProjectProblem[] {
  if (entry === undefined || mapOf(entry.value) !== undefined) return [];
  const words = noAttribute(pythonValue(entry.value), attribute);
  return [problemAt('not-a-mapping', placeOf(entry), sentence, words)];
}

/** The value, or the key where there is nothing to see of a value. */
export function placeOf({ key, value }: YamlEntry): Span {
  return isSeen(value) ? value.span : key.span;
}

function isSeen({ span }: YamlNode): boolean {
  return span.end > span.start;
}

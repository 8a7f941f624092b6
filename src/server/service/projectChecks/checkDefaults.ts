import * as l10n from '@vscode/l10n';
import type { ParameterModel } from '../project/projectModel';
import type { ProjectFiles } from '../projectFiles';
import { pythonText } from '../python/pythonText';
import { resolveAlias, type YamlNode } from '../yaml/yamlTree';
import { placeOf } from './checkShape';
import { problemAt, type ProjectProblem } from './projectProblem';
import { noAttribute } from './pythonWords';
import { readUrl, schemeOf } from './pythonUrl';
import { quoted } from './textEdits';
import { truthOf } from './truthOf';

/** The default of a parameter fits its type, and is read as it looks. */
export async function checkDefault(
  parameter: ParameterModel,
  files: Pick<ProjectFiles, 'kindOf'>,
): Promise<ProjectProblem[]> {
  const { defaultNode, defaultValue, type, name, entry } = parameter;
  if (defaultNode === undefined) return [];
  if (defaultValue === undefined) {
    const sentence = l10n.t('Nothing is no default: the parameter `{0}` has to be given.', name);
    const { span } =
      defaultNode.span.end > defaultNode.span.start ? defaultNode : { span: placeOf(entry) };
    return [problemAt('default-empty', span, sentence)];
  }
  if (type === 'uri') return checkUri(parameter, defaultNode);
  if (type === 'path') return checkPath(parameter, defaultNode, files);
  return [...checkNumber(parameter, defaultNode), ...checkReading(parameter, defaultNode)];
}

function checkUri({ name, defaultValue }: ParameterModel, node: YamlNode): ProjectProblem[] {
  const sentence = l10n.t('A default of type `uri` needs a scheme, such as `s3://` or `file://`.');
  if (defaultValue?.type !== 'str') {
    const words = truthOf(node)
      ? notDecodable(defaultValue?.type ?? 'NoneType')
      : `Expected URI for parameter ${name} but got ${(defaultValue && pythonText(defaultValue)) ?? ''}`;
    return [problemAt('default-uri', node.span, sentence, words)];
  }
  const { text } = defaultValue;
  const url = readUrl(text);
  if (url.kind === 'invalid') return [problemAt('default-uri', node.span, sentence, url.words)];
  if (schemeOf(text) !== '') return [];
  const words = `Expected URI for parameter ${name} but got ${text}`;
  return [problemAt('default-uri', node.span, sentence, words)];
}

function notDecodable(type: string): string {
  return `AttributeError: '${type}' object has no attribute 'decode'`;
}

async function checkPath(
  { name, defaultValue }: ParameterModel,
  node: YamlNode,
  files: Pick<ProjectFiles, 'kindOf'>,
): Promise<ProjectProblem[]> {
  if (defaultValue?.type !== 'str') {
    const sentence = l10n.t('A default of type `path` has to be a text: put it in quotes.');
    const type = defaultValue?.type ?? 'NoneType';
    const words = truthOf(node) ? notDecodable(type) : noAttribute({ type }, 'startswith');
    return [problemAt('default-path', node.span, sentence, words)];
  }
  const { text } = defaultValue;
  const url = readUrl(text);
  if (url.kind === 'invalid') {
    const sentence = l10n.t('Python does not read this address.');
    return [problemAt('default-path', node.span, sentence, url.words)];
  }
  if (url.kind === 'remote' || url.path === '') return [];
  if ((await files.kindOf(url.path)) !== 'missing') return [];
  const words = `Got value ${text} for parameter ${name}, but no such file or directory was found.`;
  const title = l10n.t('Create `{0}`', url.path);
  return [
    problemAt('default-path', node.span, l10n.t('There is no `{0}` here.', url.path), words, {
      fileFixes: [{ kind: 'create', title, path: url.path, text: '' }],
    }),
  ];
}

/** What Python's `float` and `int` take, as a script would. */
const floats =
  /^\s*[-+]?(?:\d[\d_]*\.?(?:[\d_]*\d)?|\.\d[\d_]*)(?:[eE][-+]?\d+)?\s*$|^\s*[-+]?(?:inf|infinity|nan)\s*$/i;
const ints = /^\s*[-+]?\d[\d_]*\s*$/;

function checkNumber(
  { type, defaultValue, name }: ParameterModel,
  node: YamlNode,
): ProjectProblem[] {
  if ((type !== 'float' && type !== 'int') || defaultValue === undefined) return [];
  const text = pythonText(defaultValue);
  const fits = text !== undefined && (type === 'float' ? floats : ints).test(text);
  if (fits) return [];
  const sentence =
    type === 'int'
      ? l10n.t('The default of `{0}` is no whole number. MLflow does not check it.', name)
      : l10n.t('The default of `{0}` is no number. MLflow does not check it.', name);
  return [problemAt('default-type', node.span, sentence)];
}

function checkReading({ type, defaultValue }: ParameterModel, node: YamlNode): ProjectProblem[] {
  const resolved = resolveAlias(node);
  if (resolved?.kind !== 'scalar' || resolved.style !== 'plain' || defaultValue === undefined)
    return [];
  const written = resolved.text;
  const text = pythonText(defaultValue);
  if (text === undefined || text === written) return [];
  const isNumber = type === 'float' || type === 'int';
  // The same number, written otherwise.
  if (
    isNumber &&
    Number(written.replaceAll('_', '')) === Number(text) &&
    !/^[-+]?0\d/.test(written)
  ) {
    return [];
  }
  const sentence = l10n.t(
    'YAML reads `{0}` otherwise than it looks: the command gets `{1}`.',
    written,
    text,
  );
  const edits = [{ span: resolved.span, newText: quoted(written) }];
  const fixes = [{ title: l10n.t('Put it in quotes'), edits }];
  return [problemAt('read-otherwise', node.span, sentence, undefined, { fixes })];
}

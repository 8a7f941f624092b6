import * as l10n from '@vscode/l10n';
import type { Hover, Position } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ServiceContext } from '../fileService';
import { hoverOf } from '../hoverOf';
import { markdownCode } from '../markdownCode';
import { covers, nodePath, type NodePath } from '../nodePath';
import { describeParameter } from '../project/describeParameter';
import type { ProjectFiles } from '../projectFiles';
import { yamlOf } from '../projectDocument';
import { countValues } from './countRuns';
import { describeCount } from './describeCount';
import { projectBeside } from './projectBeside';
import { readSweep } from './readSweep';
import type { Sweep, SweepParameter } from './sweepModel';
import { sweepKeyAt } from './sweepKeysAt';
import { sweepTarget } from './sweepTarget';

/** What a key means, what a parameter is in the MLproject, and how many runs there will be. */
export async function hoverSweep(
  document: TextDocument,
  position: Position,
  { files }: ServiceContext,
): Promise<Hover | undefined> {
  const yaml = yamlOf(document);
  const { sweep } = readSweep(yaml);
  if (sweep === undefined || yaml.root === undefined) return undefined;
  const offset = document.offsetAt(position);
  const parameter = sweep.parameters.find(({ nameSpan }) => covers(nameSpan, offset));
  if (parameter !== undefined) {
    const parts = await describeInProject(sweep, parameter, files);
    return hoverOf(document, parameter.nameSpan, parts);
  }
  if (sweep.shape === 'grid') return undefined;
  const at = nodePath(yaml.root, offset);
  const parts = describeKey(sweep, at);
  return parts.length === 0 ? undefined : hoverOf(document, at.node.span, parts);
}

async function describeInProject(
  sweep: Sweep,
  { name, domain }: SweepParameter,
  files: ProjectFiles,
): Promise<string[]> {
  const beside = await projectBeside(files);
  const { entryPoint } = beside ? sweepTarget(sweep, beside.document.project) : {};
  const known = entryPoint?.parameters.find((one) => one.name === name);
  const parts =
    entryPoint === undefined || known === undefined
      ? [l10n.t('Parameter {0}', markdownCode(name))]
      : describeParameter({ entryPoint, name, parameter: known });
  const size = countValues(domain);
  const values =
    size === 1
      ? l10n.t('The sweep gives it 1 value.')
      : typeof size === 'number'
        ? l10n.t('The sweep gives it {0} values.', size)
        : undefined;
  return [...parts, ...(values === undefined ? [] : [values]), describeCount(sweep)];
}

function describeKey(sweep: Sweep, { keys, onKey, node }: NodePath): string[] {
  const schema = sweepKeyAt(keys);
  if (schema === undefined) return [];
  if (!onKey) {
    const text = node.kind === 'scalar' ? node.text : undefined;
    const value = schema.values?.find((one) => one.value === text);
    return value === undefined ? [] : [`${markdownCode(value.value)}: ${value.describe()}`];
  }
  const counts = keys.length === 1 && ['method', 'run_cap', 'parameters'].includes(schema.key);
  return counts ? [schema.describe(), describeCount(sweep)] : [schema.describe()];
}

import * as l10n from '@vscode/l10n';
import type { Hover, Position } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { parameterTypes } from '../../schema/mlprojectSchema';
import type { ServiceContext } from '../fileService';
import { codeBlock, hoverOf } from '../hoverOf';
import { markdownCode } from '../markdownCode';
import { covers, nodePath } from '../nodePath';
import { projectOf, type ProjectDocument } from '../projectDocument';
import { commandPreview } from './commandPreview';
import { findParameterAt } from './parameterAt';
import { describeParameter } from './describeParameter';
import type { EntryPointModel } from './projectModel';
import { keyAt } from './projectKeys';

/** What a key, a type, a parameter, a placeholder, an entry point or a command means. */
export async function hoverProject(
  document: TextDocument,
  position: Position,
  { files }: ServiceContext,
): Promise<Hover | undefined> {
  const read = projectOf(document);
  const offset = document.offsetAt(position);
  const found = findParameterAt(read, offset);
  if (found !== undefined) {
    const { parameter, span } = found;
    // That one is not declared is a problem, and told as such.
    return parameter && hoverOf(document, span, describeParameter({ ...found, parameter }));
  }
  return Promise.resolve(
    hoverEntryPoint(read, offset, (one) => preview(one, files)) ?? hoverKey(read, offset),
  );
}

function preview(entryPoint: EntryPointModel, files: ServiceContext['files']): string[] {
  const command = commandPreview(entryPoint, files);
  return command === undefined
    ? []
    : [l10n.t('What the shell gets with the defaults:'), codeBlock(command.trimEnd(), 'shell')];
}

function hoverEntryPoint(
  { text, project }: ProjectDocument,
  offset: number,
  show: (entryPoint: EntryPointModel) => string[],
): Hover | undefined {
  for (const entryPoint of project.entryPoints) {
    const { entry, commandEntry } = entryPoint;
    if (covers(entry.key.span, offset)) {
      const run = ['mlflow run .', ...(entryPoint.name === 'main' ? [] : ['-e', entryPoint.name])];
      const given = entryPoint.parameters
        .filter(({ defaultValue }) => defaultValue === undefined)
        .map(({ name }) => `-P ${name}=…`);
      const title = l10n.t('Entry point {0}', markdownCode(entryPoint.name));
      const line = codeBlock([...run, ...given].join(' '), 'shell');
      return hoverOf(text, entry.key.span, [title, line, ...show(entryPoint)]);
    }
    if (commandEntry !== undefined && covers(commandEntry.value.span, offset)) {
      const parts = show(entryPoint);
      return parts.length === 0 ? undefined : hoverOf(text, commandEntry.value.span, parts);
    }
  }
  return undefined;
}

function hoverKey({ text, yaml }: ProjectDocument, offset: number): Hover | undefined {
  if (yaml.root === undefined) return undefined;
  const { keys, onKey, node } = nodePath(yaml.root, offset);
  if (onKey) {
    const schema = keyAt(keys);
    return schema && hoverOf(text, node.span, [schema.describe()]);
  }
  const isType =
    keys[0] === 'entry_points' &&
    keys[2] === 'parameters' &&
    (keys.length === 4 || (keys.length === 5 && keys[4] === 'type'));
  if (!isType || node.kind !== 'scalar') return undefined;
  const type = parameterTypes.find(({ value }) => value === node.text);
  return type && hoverOf(text, node.span, [`${markdownCode(type.value)}: ${type.describe()}`]);
}

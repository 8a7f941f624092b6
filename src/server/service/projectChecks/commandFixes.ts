import * as l10n from '@vscode/l10n';
import { nearest } from '../nearest';
import type { CommandModel, EntryPointModel } from '../project/projectModel';
import { mapOf } from '../project/readProject';
import type { Fix } from '../problem';
import type { FormatField } from '../python/formatPieces';
import type { Span, YamlMap } from '../yaml/yamlTree';
import { indentOf, quoted } from './textEdits';

/** What is longer is no placeholder that somebody forgot to close. */
const longestEscaped = 500;

/** Doubles every brace in a span of the command's text. */
export function braceFix(command: CommandModel, { start, end }: Span): Fix {
  const edits: Fix['edits'][number][] = [];
  for (let at = start; at < Math.min(end, start + longestEscaped); at += 1) {
    const brace = command.text[at] ?? '';
    if (brace !== '{' && brace !== '}') continue;
    const span = command.offsets.toSourceSpan({ start: at, end: at + 1 });
    edits.push({ span, newText: brace + brace });
  }
  const shown = [edits[0], edits.length > 1 ? edits.at(-1) : undefined];
  const braces = shown.flatMap((edit) => edit?.newText ?? []).join('…');
  return { title: l10n.t('Write a brace: `{0}`', braces), edits };
}

export function undefinedFixes(
  text: string,
  point: EntryPointModel,
  command: CommandModel,
  field: FormatField,
): Fix[] {
  const { name } = field;
  const names = point.parameters.map((one) => one.name);
  const meant = names.includes(name.trim()) ? name.trim() : nearest(name, names);
  const rename: Fix[] =
    meant === undefined
      ? []
      : [
          {
            title: l10n.t('Change to `{0}`', `{${meant}}`),
            edits: [{ span: command.offsets.toSourceSpan(field.nameSpan), newText: meant }],
          },
        ];
  const escape = braceFix(command, field.span);
  const isShell = command.text[field.span.start - 1] === '$';
  if (isShell) return [escape, ...rename, ...addParameter(text, point, name)];
  return [...rename, ...addParameter(text, point, name), escape];
}

/** A parameter more, in the style of those that are there. */
export function addParameter(text: string, point: EntryPointModel, name: string): Fix[] {
  const edit = parameterEdit(text, point, yamlName(name));
  if (edit === undefined || !/^[\w.\- :/]+$/.test(name)) return [];
  return [{ title: l10n.t('Add the parameter `{0}`', name), edits: [edit] }];
}

function yamlName(name: string): string {
  return /^[A-Za-z_][\w.-]*$/.test(name) && !/^(?:yes|no|on|off|true|false|null)$/i.test(name)
    ? name
    : quoted(name);
}

type Edit = Fix['edits'][number];

function parameterEdit(text: string, point: EntryPointModel, name: string): Edit | undefined {
  const { parametersEntry, commandEntry, map } = point;
  const parameters = parametersEntry && mapOf(parametersEntry.value);
  const last = parameters?.entries.at(-1);
  if (parameters !== undefined && last === undefined) {
    return { span: parameters.span, newText: `{${name}: string}` };
  }
  if (parameters !== undefined && last !== undefined) {
    const end = Math.max(last.key.span.end, last.value.span.end);
    const newLine = `\n${indentOf(text, last.key.span.start)}`;
    return insert(end, `${parameters.flow ? ', ' : newLine}${name}: string`);
  }
  if (parametersEntry !== undefined || commandEntry === undefined || map === undefined)
    return undefined;
  const at = commandEntry.key.span.start;
  if (map.flow) return insert(at, `parameters: {${name}: string}, `);
  const indent = indentOf(text, at);
  return insert(at, `parameters:\n${indent}  ${name}: string\n${indent}`);
}

/** An empty command to fill in, below what the entry point holds already. */
export function addCommand(text: string, map: YamlMap): Fix[] {
  const last = map.entries.at(-1);
  const title = l10n.t('Add a command');
  if (last === undefined) {
    return [{ title, edits: [{ span: map.span, newText: '{command: "python train.py"}' }] }];
  }
  const end = Math.max(last.key.span.end, last.value.span.end);
  const newLine = `\n${indentOf(text, last.key.span.start)}`;
  return [{ title, edits: [insert(end, `${map.flow ? ', ' : newLine}command: python train.py`)] }];
}

function insert(offset: number, newText: string): Edit {
  return { span: { start: offset, end: offset }, newText };
}

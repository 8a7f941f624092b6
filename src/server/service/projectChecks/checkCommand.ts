import * as l10n from '@vscode/l10n';
import type { CommandModel, EntryPointModel } from '../project/projectModel';
import { mapOf } from '../project/readProject';
import { evaluateField, isMistake, type FormatValues } from '../python/formatField';
import type { FormatField, FormatMistake, FormatPiece } from '../python/formatPieces';
import { pythonText } from '../python/pythonText';
import { pythonKey, pythonValue } from '../python/pythonValue';
import { shellQuote } from '../python/shellQuote';
import { placeOf } from './checkShape';
import { addCommand, braceFix, undefinedFixes } from './commandFixes';
import { problemAt, type ProjectProblem } from './projectProblem';
import { noAttribute } from './pythonWords';
import { quoteNodeFix } from './quoteFixes';

/** An entry point's command, and every placeholder in it. */
export function checkCommand(text: string, point: EntryPointModel): ProjectProblem[] {
  const { entry, map, command, commandEntry, name } = point;
  if (map === undefined) return [];
  if (commandEntry === undefined) {
    const sentence = l10n.t('The entry point `{0}` has no `command`.', name);
    const words = noAttribute({ type: 'NoneType' }, 'format');
    const fixes = addCommand(text, map);
    return [problemAt('command-missing', entry.key.span, sentence, words, { fixes })];
  }
  if (command === undefined) {
    const sentence = l10n.t('A command has to be a text: put it in quotes.');
    const words = noAttribute(pythonValue(commandEntry.value), 'format');
    const fixes = quoteNodeFix(text, commandEntry.value);
    const place = placeOf(commandEntry);
    return [problemAt('command-not-text', place, sentence, words, { fixes })];
  }
  if (command.text.trim() === '') {
    const sentence = l10n.t('The command is empty.');
    return [problemAt('command-empty', placeOf(commandEntry), sentence)];
  }
  const { parametersEntry } = point;
  const isGuess = parametersEntry !== undefined && mapOf(parametersEntry.value) === undefined;
  // Which parameters there are to be is not known.
  if (isGuess) return checkBraces(command);
  const values = formatValues(point);
  return checkPieces(text, point, command, command.pieces, values);
}

/** What an entry point is called: somebody has to be able to ask for it. */
export function checkPointName(text: string, { entry, name }: EntryPointModel): ProjectProblem[] {
  if (pythonKey(entry.key).type === 'str') return [];
  const sentence = l10n.t('Python reads this name as {0}, and nobody can ask for that.', name);
  const words = `Could not find ${name} among entry points [${name}] or interpret ${name} as a runnable script. Supported script file extensions: ['.py', '.sh']`;
  const fixes = quoteNodeFix(text, entry.key);
  return [problemAt('entry-point-name', entry.key.span, sentence, words, { fixes })];
}

/** What each placeholder stands for when the defaults are used. */
export function formatValues({ parameters }: EntryPointModel): FormatValues {
  const known = valuesBefore.get(parameters);
  if (known !== undefined) return known;
  const values = new Map(
    parameters.map(({ name, type, defaultValue }) => {
      // A path becomes absolute.
      const text = defaultValue && type !== 'path' ? pythonText(defaultValue) : undefined;
      return [name, text === undefined ? undefined : shellQuote(text)];
    }),
  );
  valuesBefore.set(parameters, values);
  return values;
}

/** Many entry points may have the same parameters. */
const valuesBefore = new WeakMap<EntryPointModel['parameters'], FormatValues>();

function checkPieces(
  text: string,
  point: EntryPointModel,
  command: CommandModel,
  pieces: readonly FormatPiece[],
  values: FormatValues,
): ProjectProblem[] {
  return worthAWord(pieces).flatMap((piece) => {
    if (piece.kind === 'mistake') return [mistakeProblem(command, piece.mistake)];
    if (piece.kind !== 'field') return [];
    const { field } = piece;
    const outcome = evaluateField(command.text, field, values);
    const nested = checkPieces(text, point, command, field.nested, values);
    if (isMistake(outcome)) {
      // A mistake of a nested field is told there.
      return nested.some(({ severity }) => severity === 'error')
        ? nested
        : [...nested, fieldProblem(text, point, command, field, outcome)];
    }
    return [...nested, ...checkAccess(command, field)];
  });
}

/** Nobody reads more about one command. */
const mostPieces = 500;

function worthAWord(pieces: readonly FormatPiece[]): readonly FormatPiece[] {
  const said = pieces.filter(({ kind }) => kind === 'field' || kind === 'mistake');
  return said.slice(0, mostPieces);
}

function checkBraces(command: CommandModel): ProjectProblem[] {
  return worthAWord(command.pieces).flatMap((piece) =>
    piece.kind === 'mistake' ? [mistakeProblem(command, piece.mistake)] : [],
  );
}

function mistakeProblem(command: CommandModel, mistake: FormatMistake): ProjectProblem {
  const span = command.offsets.toSourceSpan(mistake.span);
  const words = `${mistake.error}: ${mistake.words}`;
  if (mistake.span.end - mistake.span.start > 1 && !mistake.words.startsWith('unexpected')) {
    const isWhole = mistake.words.includes('recursion') || mistake.words.startsWith("expected ':'");
    if (!isWhole) {
      const sentence = l10n.t('The brace is not closed. Write `{{` where a brace is meant.');
      const fixes = [braceFix(command, mistake.span)];
      return problemAt('single-brace', span, sentence, words, { fixes });
    }
    const sentence = l10n.t('Python does not read this placeholder.');
    return problemAt('placeholder-format', span, sentence, words);
  }
  const first = { start: mistake.span.start, end: mistake.span.start + 1 };
  const brace = command.text[mistake.span.start] ?? '';
  const sentence = l10n.t('A brace that is meant as such is written `{0}`.', brace + brace);
  const fixes = [braceFix(command, first)];
  return problemAt('single-brace', span, sentence, words, { fixes });
}

function fieldProblem(
  text: string,
  point: EntryPointModel,
  command: CommandModel,
  field: FormatField,
  mistake: FormatMistake,
): ProjectProblem {
  const span = command.offsets.toSourceSpan(field.span);
  const words = `${mistake.error}: ${mistake.words}`;
  if (mistake.error === 'KeyError') {
    const { name } = field;
    const sentence = point.parameters.some((one) => one.name === name.trim())
      ? l10n.t('Spaces count: `{0}` is not the parameter `{1}`.', `{${name}}`, name.trim())
      : l10n.t('There is no parameter `{0}`. Write `{{` and `}}` for braces.', name);
    const fixes = undefinedFixes(text, point, command, field);
    return problemAt('undefined-placeholder', span, sentence, words, { fixes });
  }
  if (mistake.words.startsWith('Replacement index')) {
    const sentence = l10n.t(
      'MLflow fills in parameters by name only. Write `{{` and `}}` for braces.',
    );
    const fixes = [braceFix(command, field.span)];
    return problemAt('positional-placeholder', span, sentence, words, { fixes });
  }
  const sentence = l10n.t('Python cannot fill in this placeholder: the value is a text.');
  return problemAt('placeholder-format', span, sentence, words, {
    fixes: [plainFix(command, field)],
  });
}

function plainFix(command: CommandModel, field: FormatField) {
  const plain = `{${field.name}}`;
  const edits = [{ span: command.offsets.toSourceSpan(field.span), newText: plain }];
  return { title: l10n.t('Change to `{0}`', plain), edits };
}

function checkAccess(command: CommandModel, field: FormatField): ProjectProblem[] {
  if (field.stepsSpan.end === field.stepsSpan.start) return [];
  const sentence = l10n.t(
    'Python looks up `{0}` on the value of `{1}`, which is hardly meant.',
    command.text.slice(field.stepsSpan.start, field.stepsSpan.end),
    field.name,
  );
  const fixes = [plainFix(command, field)];
  const span = command.offsets.toSourceSpan(field.span);
  return [problemAt('placeholder-access', span, sentence, undefined, { fixes })];
}

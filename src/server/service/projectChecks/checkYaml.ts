import * as l10n from '@vscode/l10n';
import { pythonKey } from '../python/pythonValue';
import { pythonText } from '../python/pythonText';
import { dictEntries } from '../yaml/dictEntries';
import type { YamlDocument } from '../yaml/yamlDocument';
import type { Span, YamlMap, YamlNode } from '../yaml/yamlTree';
import { collect, mostProblems } from './collect';
import { problemAt, type ProjectProblem } from './projectProblem';
import { syntaxFixes } from './quoteFixes';
import { removalFixes } from './textEdits';

/** What PyYAML says about a text. */
export function checkYaml(document: YamlDocument): readonly ProjectProblem[] {
  const { problem, mistakes, root, text } = document;
  if (problem?.kind === 'tooLarge') {
    const sentence = l10n.t('This file is too large to be checked.');
    return [problemAt('file-too-large', problem.span, sentence)];
  }
  if (problem !== undefined) {
    const sentence = syntaxSentence(text, problem.span.start, problem.words);
    const words = `${problem.error}: ${problem.words}`;
    const fixes = syntaxFixes(text, problem.span);
    return [problemAt('yaml-syntax', shownSpan(text, problem.span), sentence, words, { fixes })];
  }
  const values = mistakes
    .slice(0, mostProblems)
    .map(({ span, error, words }) =>
      problemAt('yaml-value', span, valueSentence(words), `${error}: ${words}`),
    );
  return [...values, ...(root === undefined ? [] : checkDuplicates(text, root))];
}

/** Nothing to see is shown at the word that follows, or at the last thing that is there. */
function shownSpan(text: string, { start, end }: Span): Span {
  if (text.slice(start).trim() === '') {
    const last = text.trimEnd().length;
    return { start: Math.max(0, last - 1), end: Math.max(last, 1) };
  }
  if (end > start) return { start, end };
  const word = /^[^\s:,[\]{}]*/.exec(text.slice(start, start + 100));
  return { start, end: start + Math.max(1, word?.[0].length ?? 1) };
}

function syntaxSentence(text: string, offset: number, words: string): string {
  if (text[offset] === '\t' && words.includes("'\\t'")) {
    return l10n.t('YAML is not indented with tabs: use spaces.');
  }
  if (
    /^["'].*\{|^[*&!%@`]/.test(text.slice(offset, offset + 40)) ||
    words.includes('cannot start')
  ) {
    return l10n.t('YAML does not read this: put the text in quotes.');
  }
  if (words === 'mapping values are not allowed here') {
    return l10n.t('YAML takes this colon for the end of a key: put the text in quotes.');
  }
  return l10n.t('YAML does not read this.');
}

function valueSentence(words: string): string {
  if (words === 'found unhashable key') {
    return l10n.t('Braces and brackets mean a mapping or a list here: put the text in quotes.');
  }
  return words.startsWith('could not determine')
    ? l10n.t('MLflow knows no such tag: put the text in quotes.')
    : l10n.t('Python makes no value of this: put it in quotes.');
}

function checkDuplicates(text: string, root: YamlNode): ProjectProblem[] {
  const problems: ProjectProblem[] = [];
  const visit = (node: YamlNode): void => {
    if (node.kind === 'list') {
      for (const item of node.items) visit(item);
    } else if (node.kind === 'map') {
      if (problems.length < mostProblems) problems.push(...duplicatesOf(text, node));
      for (const { key, value } of node.entries) {
        visit(key);
        visit(value);
      }
    }
  };
  visit(root);
  return problems;
}

function duplicatesOf(text: string, map: YamlMap): ProjectProblem[] {
  return collect(dictEntries(map).overwritten, (entry) => {
    const name = pythonText(pythonKey(entry.key)) ?? '';
    const sentence = l10n.t('The key `{0}` is there again below, and the last one wins.', name);
    const fixes = removalFixes(text, map, entry, l10n.t('Remove this entry'));
    return [problemAt('duplicate-key', entry.key.span, sentence, undefined, { fixes })];
  });
}

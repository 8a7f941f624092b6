import * as l10n from '@vscode/l10n';

import type { YamlDocument } from './yaml/yamlDocument';
import type { Span } from './yaml/yamlTree';

/** Why a text is not looked through any further. */
export interface Unreadable {
  /** `syntax`: any reader of YAML says so; `value`: only Python does; `size`: we do not look. */
  readonly kind: 'syntax' | 'value' | 'size';
  readonly span: Span;
  readonly message: string;
}

/** The first thing that PyYAML stops at; undefined where it reads all of the text. */
export function unreadable({ text, problem, mistakes }: YamlDocument): Unreadable | undefined {
  if (problem?.kind === 'tooLarge') {
    const message = l10n.t('This file is too large to be checked.');
    return { kind: 'size', span: problem.span, message };
  }
  const found = problem ?? mistakes[0];
  if (found === undefined) {
    return undefined;
  }
  // An end of the text that nobody would see.
  const isEnd = found.span.start >= text.length && text.length > 0;
  const span = isEnd ? { start: text.length - 1, end: text.length } : found.span;
  const message = `${found.error}: ${found.words}`;
  return { kind: problem === undefined ? 'value' : 'syntax', span, message };
}

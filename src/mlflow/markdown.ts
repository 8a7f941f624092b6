import { toOneLine } from './format';

/**
 * Text of anybody as Markdown that says just that text: every ASCII punctuation mark is escaped,
 * so that no link, picture, HTML or table cell can come out of it (CommonMark, section 2.4).
 */
export function escapeMarkdown(text: string, longest = 120): string {
  return toOneLine(text, longest).replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

/** A table of two columns; both are escaped. */
export function markdownTable(
  title: string,
  rows: readonly (readonly [string, string | undefined])[],
): string {
  const present = rows.filter(([, value]) => value !== undefined && value !== '');
  const lines = present.map(([key, value]) => {
    return `| ${escapeMarkdown(key)} | ${escapeMarkdown(value ?? '')} |`;
  });
  return [`**${escapeMarkdown(title)}**`, '', '| | |', '| :-- | :-- |', ...lines].join('\n');
}

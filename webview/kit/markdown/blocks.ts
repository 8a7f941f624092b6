/** A block of Markdown; texts in it are still to be read for emphasis, code and links. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'rule' }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'list'; readonly start: number | undefined; readonly items: readonly Item[] }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

/** An item of a list; `isDone` where it is one of a list of tasks. */
export interface Item {
  readonly isDone: boolean | undefined;
  readonly blocks: readonly Block[];
}

const deepest = 6;
/** A larger table is shown as it is written: it would take long to lay out, however little its rows hold. */
const mostCells = 20_000;
const fence = /^ {0,3}(`{3,}|~{3,})/;
// Each reads a line once: no two parts of a pattern that follow one another match the same blanks.
const heading = /^ {0,3}(#{1,6})\s+(\S.*)?$/;
const rule = /^ {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$/;
const quote = /^ {0,3}> ?(.*)$/;
const item = /^( {0,3})([-*+]|\d{1,9}[.)])( {1,4}|$)(.*)$/;
const delimiter = /^ {0,3}\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*(?:\|\s*)?$/;

/** Reads a subset of CommonMark and of GitHub's tables and task lists; HTML is text. */
export function readBlocks(text: string): readonly Block[] {
  return blocksOf(text.replaceAll('\t', '    ').split(/\r\n|\r|\n/), 0);
}

function blocksOf(lines: readonly string[], depth: number): readonly Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length;) {
    const [block, end] = blockAt(lines, at, depth);
    if (block !== undefined) blocks.push(block);
    at = end;
  }
  return blocks;
}

type Found = readonly [block: Block | undefined, end: number];

function blockAt(lines: readonly string[], at: number, depth: number): Found {
  const line = lines[at] ?? '';
  if (line.trim() === '') return [undefined, at + 1];
  if (fence.test(line)) return codeAt(lines, at);
  const head = heading.exec(line);
  if (head !== null) {
    const [, marks = '', text = ''] = head;
    return [{ kind: 'heading', level: marks.length, text: withoutClosing(text) }, at + 1];
  }
  if (rule.test(line)) return [{ kind: 'rule' }, at + 1];
  if (depth < deepest && quote.test(line)) return quoteAt(lines, at, depth);
  if (depth < deepest && item.test(line)) return listAt(lines, at, depth);
  if (line.includes('|') && delimiter.test(lines[at + 1] ?? '')) return tableAt(lines, at);
  return paragraphAt(lines, at);
}

/** The text of a heading without the marks that may close it. */
function withoutClosing(text: string): string {
  return text
    .trimEnd()
    .replace(/(?:^|\s)#+$/, '')
    .trimEnd();
}

function codeAt(lines: readonly string[], at: number): Found {
  const [, marks = '```'] = fence.exec(lines[at] ?? '') ?? [];
  const isEnd = (line: string): boolean =>
    line.trim().startsWith(marks) && line.trim().replaceAll(marks[0] ?? '', '') === '';
  const inside = lines.slice(at + 1);
  const length = inside.findIndex(isEnd);
  const code = length < 0 ? inside : inside.slice(0, length);
  return [{ kind: 'code', text: code.join('\n') }, at + code.length + 2];
}

function quoteAt(lines: readonly string[], at: number, depth: number): Found {
  const inside: string[] = [];
  let end = at;
  for (; end < lines.length && quote.test(lines[end] ?? ''); end++)
    inside.push(quote.exec(lines[end] ?? '')?.[1] ?? '');
  return [{ kind: 'quote', blocks: blocksOf(inside, depth + 1) }, end];
}

function listAt(lines: readonly string[], at: number, depth: number): Found {
  const isOrdered = /\d/.test(item.exec(lines[at] ?? '')?.[2] ?? '');
  const items: Item[] = [];
  let end = at;
  while (end < lines.length) {
    const match = item.exec(lines[end] ?? '');
    if (match === null || /\d/.test(match[2] ?? '') !== isOrdered || rule.test(lines[end] ?? ''))
      break;
    const [content, after] = itemAt(lines, end, match);
    items.push(itemOf(content, depth));
    end = after;
  }
  const start = isOrdered ? Number.parseInt(lines[at]?.trim() ?? '1', 10) : undefined;
  return [{ kind: 'list', start, items }, end];
}

/** The lines of an item without their indent, and where it ends. */
function itemAt(
  lines: readonly string[],
  at: number,
  [, indent = '', mark = '', space = '', first = '']: RegExpExecArray,
): readonly [lines: readonly string[], end: number] {
  const width = indent.length + mark.length + Math.max(1, space.length);
  const content = [first];
  let end = at + 1;
  for (; end < lines.length; end++) {
    const line = lines[end] ?? '';
    const isInside = line.startsWith(' '.repeat(Math.min(width, 2)));
    if (line.trim() === '') {
      if (!(lines[end + 1] ?? '').startsWith('  ')) break;
    } else if (!isInside && (content.at(-1) === '' || startsBlock(line))) break;
    content.push(isInside ? line.slice(Math.min(width, line.search(/\S|$/))) : line);
  }
  while (end < lines.length && (lines[end] ?? '').trim() === '' && item.test(lines[end + 1] ?? ''))
    end++;
  return [content, end];
}

function itemOf(lines: readonly string[], depth: number): Item {
  const [first = '', ...rest] = lines;
  const task = /^\[([ xX])\]\s+(.*)$/.exec(first);
  const content = task === null ? lines : [task[2] ?? '', ...rest];
  return {
    isDone: task === null ? undefined : task[1] !== ' ',
    blocks: blocksOf(content, depth + 1),
  };
}

function tableAt(lines: readonly string[], at: number): Found {
  const rows: (readonly string[])[] = [];
  let end = at + 2;
  for (; end < lines.length && (lines[end] ?? '').includes('|'); end++)
    rows.push(cellsOf(lines[end] ?? ''));
  const head = cellsOf(lines[at] ?? '');
  const block: Block =
    head.length * rows.length > mostCells
      ? { kind: 'code', text: lines.slice(at, end).join('\n') }
      : { kind: 'table', head, rows };
  return [block, end];
}

function cellsOf(line: string): readonly string[] {
  const inside = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inside.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));
}

function paragraphAt(lines: readonly string[], at: number): Found {
  let end = at + 1;
  while (end < lines.length && (lines[end] ?? '').trim() !== '' && !startsBlock(lines[end] ?? ''))
    end++;
  const text = lines
    .slice(at, end)
    .map((line) => line.replace(/^ +/, ''))
    .join('\n');
  return [{ kind: 'paragraph', text }, end];
}

function startsBlock(line: string): boolean {
  return [fence, heading, rule, quote, item].some((pattern) => pattern.test(line));
}

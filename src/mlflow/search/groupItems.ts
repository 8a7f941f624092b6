import { type Item, type ItemKind, isKeyword, isPunctuation } from './filterItem';
import { giveUp } from './searchProblem';

/** sqlparse gives up when parentheses lie deeper. */
const deepest = 100;

type Accepts = (item: Item) => boolean;

const ofKind =
  (...kinds: readonly ItemKind[]): Accepts =>
  ({ kind }) =>
    kinds.includes(kind);

const isOperand = ofKind('parenthesis', 'identifier', 'typed', 'integer', 'float', 'string');
const isSide: Accepts = (item) =>
  isOperand(item) || item.kind === 'operation' || isKeyword(item, 'NULL');
const isListable = ofKind(
  ...(['identifier', 'clause', 'list', 'operation', 'integer', 'float', 'string'] as const),
  ...(['keyword', 'wildcard'] as const),
);
const mayBeSorted = ofKind('identifier', 'integer', 'float', 'hexadecimal');
const mayHaveAlias = ofKind(
  ...(['parenthesis', 'identifier', 'operation', 'clause'] as const),
  ...(['integer', 'float', 'hexadecimal'] as const),
);

/**
 * Builds groups of the tokens of `text`, in sqlparse's order: parentheses, dots, sort directions,
 * typed literals, arithmetic, comparisons, aliases, commas.
 */
export function groupItems(text: string, tokens: readonly Item[]): readonly Item[] {
  const span = (kind: ItemKind, first: Item, last: Item): Item => ({
    kind,
    start: first.start,
    end: last.end,
    text: text.slice(first.start, last.end),
  });
  let items = groupParentheses(tokens, span);
  items = groupDots(items, span);
  items = items.map((item) =>
    item.kind === 'name' || item.kind === 'symbol' ? { ...item, kind: 'identifier' } : item,
  );
  items = groupPairs(items, mayBeSorted, ofKind('order'), (first, last) =>
    span('identifier', first, last),
  );
  items = groupPairs(items, ofKind('builtin'), ofKind('string'), (first, last) =>
    span('typed', first, last),
  );
  const isArithmetic = ofKind('operator', 'wildcard');
  items = joinAround(items, isArithmetic, isOperand, (first, last) =>
    span('operation', first, last),
  );
  items = joinAround(items, ofKind('comparison'), isSide, (left, right, middle) => ({
    ...span('clause', left, right),
    parts: [left, middle, right],
  }));
  // SQL takes an identifier beside another thing for that thing's other name.
  items = groupPairs(items, mayHaveAlias, ofKind('identifier'), (first, last) =>
    span('identifier', first, last),
  );
  return joinAround(
    items,
    (item) => isPunctuation(item, ','),
    isListable,
    (first, last) => span('list', first, last),
  );
}

type MakeSpan = (kind: ItemKind, first: Item, last: Item) => Item;

function groupParentheses(items: readonly Item[], span: MakeSpan): Item[] {
  const out: Item[] = [];
  const opened: number[] = [];
  for (const item of items) {
    const from = isPunctuation(item, ')') ? opened.pop() : undefined;
    const open = from === undefined ? undefined : out[from];
    if (from !== undefined && open) {
      out.length = from;
      out.push(span('parenthesis', open, item));
      const called = out[from - 1];
      if (called && ofKind('name', 'builtin')(called)) {
        giveUp({ start: called.start, end: item.end });
      }
      continue;
    }
    if (isPunctuation(item, '(')) {
      opened.push(out.length);
    }
    if (opened.length > deepest) {
      giveUp(item);
    }
    out.push(item);
  }
  return out;
}

const mayPrecedeDot = ofKind('name', 'symbol');
const mayFollowDot = ofKind('name', 'symbol', 'wildcard', 'string');

/** `a.b.c` becomes one identifier, and so does `a.` where nothing that fits follows. */
function groupDots(items: readonly Item[], span: MakeSpan): Item[] {
  const out: Item[] = [];
  let before: Item | undefined;
  for (let index = 0; index < items.length; index++) {
    const item = items[index] as Item;
    const first = out.at(-1);
    if (!isPunctuation(item, '.') || !first || !before || !mayPrecedeDot(before)) {
      out.push(item);
      before = item;
      continue;
    }
    const next = items[index + 1];
    const last = next && mayFollowDot(next) ? next : item;
    index += last === next ? 1 : 0;
    out[out.length - 1] = span('identifier', first, last);
    before = last === next ? next : { ...item, kind: 'name' };
  }
  return out;
}

/** Joins things of which the first and the second fit. */
function groupPairs(
  items: readonly Item[],
  isFirst: Accepts,
  isSecond: Accepts,
  join: (first: Item, second: Item) => Item,
): Item[] {
  const out: Item[] = [];
  for (let index = 0; index < items.length; index++) {
    const item = items[index] as Item;
    const next = items[index + 1];
    const fits = next !== undefined && isFirst(item) && isSecond(next);
    out.push(fits ? join(item, next) : item);
    index += fits ? 1 : 0;
  }
  return out;
}

/** Joins `a ∘ b ∘ c` from the left, where all of a, b and c are fit to stand beside a `∘`. */
function joinAround(
  items: readonly Item[],
  isJoint: Accepts,
  accepts: Accepts,
  join: (left: Item, right: Item, joint: Item) => Item,
): Item[] {
  const out: Item[] = [];
  let before: Item | undefined;
  for (let index = 0; index < items.length; index++) {
    const item = items[index] as Item;
    const left = out.at(-1);
    const right = items[index + 1];
    if (isJoint(item) && left && before && right && accepts(before) && accepts(right)) {
      out[out.length - 1] = join(left, right, item);
      before = right;
      index += 1;
    } else {
      out.push(item);
      before = item;
    }
  }
  return out;
}

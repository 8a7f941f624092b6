import { type Item, isKeyword, isPunctuation } from './filterItem';
import { groupItems } from './groupItems';
import { pythonRepr } from './pythonText';
import { readItems } from './readItems';
import { refuse } from './searchProblem';
import type { SearchDialect } from './searchDialect';

/** One comparison, still as it is written. */
export interface Clause {
  readonly left: Item;
  readonly operator: Item;
  /** Absent for IS [NOT] NULL. */
  readonly right: Item | undefined;
}

/**
 * The comparisons of a filter, which is not empty. MLflow asks for nothing but comparisons and
 * `AND`s: where the `AND`s stand, and whether there are any, does not matter to it.
 */
export function findClauses(text: string, dialect: SearchDialect): readonly Clause[] {
  const tokens = readItems(text);
  refuseSeveral(text, tokens);
  const items = joinWordOperators(groupItems(text, tokens), dialect.version);
  const strange = items.filter((item) => !('left' in item) && !isClauseOrAnd(item)) as Item[];
  const [first] = strange;
  const last = strange.at(-1);
  if (first && last) {
    const quote = dialect.target === 'runs' ? "'" : '';
    const list = strange.map((item) => `${quote}${item.text}${quote}`).join(', ');
    refuse(`Invalid clause(s) in filter string: ${list}`, { start: first.start, end: last.end });
  }
  return items.map(clauseOf).filter((clause) => clause !== undefined);
}

function isClauseOrAnd(item: Item): boolean {
  return item.kind === 'clause' || isKeyword(item, 'AND');
}

function clauseOf(item: Item | Clause): Clause | undefined {
  if ('left' in item) {
    return item;
  }
  const [left, operator, right] = item.parts ?? [];
  return left && operator && { left, operator, right };
}

/** A semicolon, unless in parentheses, ends a statement; MLflow takes one only. */
function refuseSeveral(text: string, tokens: readonly Item[]): void {
  const whole = { start: 0, end: text.length };
  if (tokens.length === 0) {
    refuse(`Invalid filter '${text}'. Could not be parsed.`, whole);
  }
  let depth = 0;
  for (const item of tokens.slice(0, -1)) {
    depth += isPunctuation(item, '(') ? 1 : isPunctuation(item, ')') ? -1 : 0;
    if (depth <= 0 && isPunctuation(item, ';')) {
      refuse(
        `Search filter contained multiple expression ${pythonRepr(text)}. Provide AND-ed expression list.`,
        item,
      );
    }
  }
}

/**
 * Finds `key IN (…)`, `key NOT IN (…)` and, in version 3, `key IS [NOT] NULL`. As in MLflow, a lone
 * identifier before anything else hides what comes within the next three items.
 */
function joinWordOperators(items: readonly Item[], version: 2 | 3): (Item | Clause)[] {
  const out: (Item | Clause)[] = [];
  for (let index = 0; index < items.length;) {
    const ahead = items.slice(index, index + 4);
    const [left] = ahead;
    if (ahead.length < 3 || left?.kind !== 'identifier') {
      const rest = ahead.length < 3 ? ahead : ahead.slice(0, 1);
      out.push(...rest);
      index += rest.length;
      continue;
    }
    const found = wordClause(left, ahead.slice(1), version);
    out.push(...(found ? [found.clause] : ahead));
    index += found?.length ?? ahead.length;
  }
  return out;
}

function wordClause(
  left: Item,
  [second, third, fourth]: readonly Item[],
  version: 2 | 3,
): { readonly clause: Clause; readonly length: number } | undefined {
  if (!second || !third) {
    return undefined;
  }
  const operator = (text: string): Item => ({ ...second, text, end: third.end });
  if (isKeyword(second, 'IN') && third.kind === 'parenthesis') {
    return { clause: { left, operator: second, right: third }, length: 3 };
  }
  if (version === 3 && isKeyword(second, 'IS') && isKeyword(third, 'NULL')) {
    return { clause: { left, operator: operator('IS NULL'), right: undefined }, length: 3 };
  }
  if (version === 3 && isKeyword(second, 'IS') && /^NOT\s+NULL$/i.test(third.text)) {
    return third.text.length === 'NOT NULL'.length
      ? { clause: { left, operator: operator('IS NOT NULL'), right: undefined }, length: 3 }
      : undefined;
  }
  if (isKeyword(second, 'NOT') && isKeyword(third, 'IN') && fourth?.kind === 'parenthesis') {
    return { clause: { left, operator: operator('NOT IN'), right: fourth }, length: 4 };
  }
  return undefined;
}

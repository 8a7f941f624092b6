import { compareExactly } from './columnKeys';
import { booleanValue, cellKind, cellKinds, dateValue, numberValue } from '../cells/cellKind';
import type { TableColumnKind } from '../../protocol/tablePage';
import type { CellPiece } from '../heldTable';
import type { FilterClause, FilterOperator } from './readFilter';

/** Whether a cell of a piece fulfils a clause. */
export type CellTest = (piece: CellPiece, at: number) => boolean;

type Condition = Exclude<FilterClause, { kind: 'text' }>;

/** @param hasLarge whether the column has integers that doubles do not hold */
export function clauseTest(clause: Condition, kind: TableColumnKind, hasLarge: boolean): CellTest {
  if (clause.kind === 'empty') {
    const { isNegated } = clause;
    return (piece, at) => isMissing(piece.text(at), kind) !== isNegated;
  }
  const { operator, value } = clause;
  const textTest = textTests[operator]?.(value.toLowerCase());
  if (textTest !== undefined) return (piece, at) => textTest(piece.text(at).toLowerCase());
  if (kind === 'text') return comparedTexts(operator, value);
  const toValue = kind === 'number' ? numberValue : kind === 'date' ? dateValue : booleanValue;
  const wanted = toValue(value);
  if (Number.isNaN(wanted)) return nanTest(operator, value);
  const holds = numberTests[operator];
  if (hasLarge)
    return (piece, at) => {
      const found = piece.value(at);
      const difference = found === wanted ? compareExactly(piece.text(at), value) : found - wanted;
      return Number.isNaN(found) ? operator === '!=' : (holds?.(difference, 0) ?? false);
    };
  return (piece, at) => holds?.(piece.value(at), wanted) ?? false;
}

/** Whether a cell says that there is nothing: in a column of texts only the empty one does. */
export function isMissing(text: string, kind: TableColumnKind): boolean {
  return kind === 'text' ? text === '' : cellKind(text) === cellKinds.missing;
}

type TextTest = (lower: string) => boolean;

const textTests: Partial<Record<FilterOperator, (wanted: string) => TextTest>> = {
  contains: (wanted) => (text) => text.includes(wanted),
  'not contains': (wanted) => (text) => !text.includes(wanted),
  'starts with': (wanted) => (text) => text.startsWith(wanted),
  'ends with': (wanted) => (text) => text.endsWith(wanted),
};

const numberTests: Partial<Record<FilterOperator, (found: number, wanted: number) => boolean>> = {
  '=': (found, wanted) => found === wanted,
  '!=': (found, wanted) => found !== wanted,
  '<': (found, wanted) => found < wanted,
  '<=': (found, wanted) => found <= wanted,
  '>': (found, wanted) => found > wanted,
  '>=': (found, wanted) => found >= wanted,
};

/** `loss = nan` finds the cells that say so. */
function nanTest(operator: FilterOperator, value: string): CellTest {
  const wanted = value.toLowerCase();
  return operator === '!='
    ? (piece, at) => piece.text(at).toLowerCase() !== wanted
    : (piece, at) => piece.text(at).toLowerCase() === wanted;
}

function comparedTexts(operator: FilterOperator, value: string): CellTest {
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  const holds = numberTests[operator];
  if (operator === '=') return (piece, at) => piece.text(at) === value;
  if (operator === '!=') return (piece, at) => piece.text(at) !== value;
  return (piece, at) => {
    const text = piece.text(at);
    return text !== '' && (holds?.(compare(text, value), 0) ?? false);
  };
}

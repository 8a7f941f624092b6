import { formatShort } from '../../../src/mlflow/format';
import type { TableColumnKind } from '../../../src/protocol/tablePage';
import { oneLine } from '../../kit/oneLine';

const longestPlain = 9;

/** A cell as it is shown: numbers short, but never integers, of which each digit may matter. */
export function shownText(text: string, kind: TableColumnKind): string {
  if (kind !== 'number' || text.length <= longestPlain) return oneLine(text);
  const plain = text.trim();
  const isInteger = /^[+-]?\d+$/.test(plain);
  const value = Number(plain);
  return isInteger || Number.isNaN(value) ? plain : formatShort(value);
}

import { type FileMetaData, type SchemaElement, parquetSchema } from 'hyparquet';

import type { TableColumnKind } from '../../protocol/tablePage';
import { jsonText } from '../json/jsonText';
import { Moment } from './parquetParsers';

/** A top column of a Parquet file. */
export interface ParquetColumn {
  readonly name: string;
  readonly kind: TableColumnKind;
  /** Whether it may have integers that doubles do not hold. */
  readonly isLarge: boolean;
  readonly toText: (value: unknown) => string;
  readonly toValue: (value: unknown) => number;
}

export function parquetColumns(metadata: FileMetaData): readonly ParquetColumn[] {
  return parquetSchema(metadata).children.map(({ element, children }) => {
    const kind = children.length > 0 ? 'text' : kindOf(element);
    return {
      name: element.name,
      kind,
      isLarge:
        kind === 'number' && element.type === 'INT64' && element.converted_type !== 'DECIMAL',
      toText: element.type === 'FLOAT' ? floatText : cellText,
      toValue: kind === 'text' ? () => NaN : cellValue,
    };
  });
}

const dates = ['DATE', 'TIMESTAMP_MILLIS', 'TIMESTAMP_MICROS'];
const numbers = ['INT32', 'INT64', 'FLOAT', 'DOUBLE'];

function kindOf(element: SchemaElement): TableColumnKind {
  const { type, converted_type: converted, logical_type: logical, repetition_type } = element;
  if (repetition_type === 'REPEATED') return 'text';
  if (type === 'INT96' || (converted !== undefined && dates.includes(converted))) return 'date';
  if (logical?.type === 'TIMESTAMP' || logical?.type === 'DATE') return 'date';
  if (converted === 'DECIMAL' || logical?.type === 'FLOAT16') return 'number';
  if (type === 'BOOLEAN') return 'boolean';
  return type !== undefined && numbers.includes(type) ? 'number' : 'text';
}

function cellText(value: unknown): string {
  if (value instanceof Moment) return value.toString();
  return value instanceof Uint8Array ? bytesText(value) : jsonText(value);
}

/** A single-precision number has the fewest digits that tell it from its neighbours. */
function floatText(value: unknown): string {
  if (typeof value !== 'number' || !Number.isFinite(value) || value === 0) return cellText(value);
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return cellText(short);
  }
  return cellText(value);
}

const strict = new TextDecoder('utf-8', { fatal: true });

/** Some writers do not say which of their bytes are text. */
function bytesText(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return hexText(bytes);
  }
}

function hexText(bytes: Uint8Array): string {
  const shown = Array.from(bytes.subarray(0, 500), (byte) => byte.toString(16).padStart(2, '0'));
  return `0x${shown.join('')}${bytes.length > 500 ? '…' : ''}`;
}

function cellValue(value: unknown): number {
  if (value instanceof Moment) return value.time;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : NaN;
}

import * as l10n from '@vscode/l10n';

import { markdownCode } from '../markdownCode';

/** Columns of a signature that are shown, and how deep their types. */
const most = 50;
const deepest = 4;

/**
 * A signature's inputs, outputs or params as a list in Markdown; undefined where the text is no JSON that
 * MLflow writes (`mlflow.types.Schema.to_json`).
 */
export function describeSignature(json: string): string | undefined {
  let columns: unknown;
  try {
    columns = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (!Array.isArray(columns)) {
    return undefined;
  }
  const lines = columns.slice(0, most).map(describeColumn);
  const rest = columns.length - lines.length;
  const more = rest > 0 ? [l10n.t('… and {0} more', rest)] : [];
  return [...lines, ...more].map((line) => `- ${line}`).join('\n');
}

function describeColumn(column: unknown): string {
  const { name, required } = fieldsOf(column);
  const type = markdownCode(typeText(column, 0));
  const named = typeof name === 'string' ? `**${markdownCode(name)}**: ${type}` : type;
  const fallback = fieldsOf(column)['default'];
  const withDefault =
    fallback === undefined
      ? named
      : `${named} = ${markdownCode(JSON.stringify(fallback).slice(0, 1000))}`;
  return required === false ? `${withDefault} (${l10n.t('optional')})` : withDefault;
}

function typeText(value: unknown, depth: number): string {
  if (typeof value === 'string') {
    return value;
  }
  const { type, items, properties, values, ...others } = fieldsOf(value);
  if (typeof type !== 'string' || depth > deepest) {
    return '…';
  }
  switch (type) {
    case 'tensor': {
      const { dtype, shape } = fieldsOf(others['tensor-spec']);
      const sizes = Array.isArray(shape) ? shape.slice(0, most).map(sizeText) : [];
      return `${typeof dtype === 'string' ? dtype : '…'}[${sizes.join(' × ')}]`;
    }
    case 'array':
      return `${typeText(items, depth + 1)}[]`;
    case 'map':
      return `map of ${typeText(values, depth + 1)}`;
    case 'object': {
      const fields = Object.entries(fieldsOf(properties)).slice(0, most);
      return `{ ${fields.map(([name, field]) => `${name}: ${typeText(field, depth + 1)}`).join(', ')} }`;
    }
    default:
      return type;
  }
}

/** `-1` stands for any size. */
function sizeText(size: unknown): string {
  return size === -1 ? '?' : typeof size === 'number' ? String(size) : '…';
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

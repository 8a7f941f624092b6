import { MlflowError } from './errors';

/** Quotes a key of a param, metric or tag; MLflow refuses keys with backticks at the door. */
export function quoteKey(key: string): string {
  return `\`${key}\``;
}

/**
 * Quotes a text value. MLflow's filter language has no escape inside quotes, so a value that holds
 * both kinds cannot be written; it rejects with `unsupported`.
 */
export function quoteValue(value: string): string {
  if (!value.includes("'")) {
    return `'${value}'`;
  }
  if (!value.includes('"')) {
    return `"${value}"`;
  }
  throw new MlflowError('unsupported', 'feature', {
    serverMessage: `a filter cannot hold both kinds of quotes: ${value}`,
  });
}

/** A pattern for LIKE that finds `text` anywhere; where both quotes occur, `_` stands for one of them. */
function containsPattern(text: string): string {
  const expressible = text.includes("'") && text.includes('"') ? text.replaceAll('"', '_') : text;
  return quoteValue(`%${expressible}%`);
}

/** Joins conditions; empty ones are left out, and nothing at all is `undefined`. */
export function allOf(...conditions: readonly (string | undefined)[]): string | undefined {
  const present = conditions.filter((text) => text !== undefined && text.trim() !== '');
  return present.length === 0 ? undefined : present.join(' AND ');
}

/** Finds experiments or registered models whose name contains `text`, in any case. */
export function nameContains(text: string): string | undefined {
  return text.trim() === '' ? undefined : `name ILIKE ${containsPattern(text.trim())}`;
}

const modelClause =
  /^(?:name|tags?\.(?:"[^"]+"|`[^`]+`|[^\s=<>!]+))\s*(?:!?=|\bi?like\b)\s*(?:'[^']*'|"[^"]*").*$/is;

/** Whether a text is a whole condition of MLflow's language for registered models, not part of a name. */
export function isModelFilter(text: string): boolean {
  return modelClause.test(text.trim());
}

/** What a person typed to find registered models: conditions on `name` and `tags.<key>`, else what their name contains. */
export function modelFilterFromText(text: string): string | undefined {
  return isModelFilter(text) ? text.trim() : nameContains(text);
}

/** Finds runs whose name contains `text`, in any case. */
export function nameOfRunContains(text: string): string | undefined {
  return text.trim() === ''
    ? undefined
    : `attributes.run_name ILIKE ${containsPattern(text.trim())}`;
}

const entity = 'metrics?|params?|parameters?|tags?|attributes?|attr|run|datasets?';
/** An operator that is a word stands apart, so that `train (copy)` is a name and no `IN`. */
const wordOperator = String.raw`\b(?:(?:not\s+)?i?like\s*['"]|(?:not\s+)?in\s*\(|is\s+(?:not\s+)?null\b)`;
const operator = String.raw`(?:[=<>]|!=|${wordOperator})`;
const attribute = 'run_id|run_name|status|start_time|end_time|user_id|artifact_uri|created';
/** Any other key without a kind needs a whole value: `lr=0.1_bs=32` is a name that people give. */
const wholeValue = String.raw`\s*(?:$|['"(\w]*['"(]|[-+]?[\d.]+(?:e[-+]?\d+)?\s*(?:$|and\b))`;
const clausePatterns = [
  new RegExp(String.raw`^(?:${attribute})\s*${operator}`, 'i'),
  new RegExp(String.raw`^[\w.]+\s*(?:[<>!]?=|[<>])${wholeValue}`, 'i'),
  new RegExp(String.raw`^[\w.]+\s*${wordOperator}`, 'i'),
  new RegExp(String.raw`^(?:${entity})\..*${operator}`, 'is'),
];

/**
 * What a person typed as run filter, in MLflow's language: text that starts with no clause of it
 * means "the name contains", as in MLflow's own web pages.
 */
export function runFilterFromText(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed === '') {
    return undefined;
  }
  if (clausePatterns.some((pattern) => pattern.test(trimmed))) {
    return trimmed;
  }
  return nameOfRunContains(trimmed);
}

/** Runs whose parent is `runId`. */
export function childrenOf(runId: string): string {
  return `tags.${quoteKey('mlflow.parentRunId')} = ${quoteValue(runId)}`;
}

/** Runs with one of these ids; `IN` is allowed for this attribute only. */
export function runIdIn(ids: readonly string[]): string {
  return `attributes.run_id IN (${ids.map(quoteValue).join(', ')})`;
}

/** Runs that started after `time` (milliseconds since 1970). */
export function startedAfter(time: number): string {
  return `attributes.start_time > ${Math.floor(time)}`;
}

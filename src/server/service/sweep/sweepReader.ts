import * as l10n from '@vscode/l10n';
import type { KeySchema, Keys } from '../../schema/keySchema';
import { nearest } from '../nearest';
import { dictEntries } from '../yaml/dictEntries';
import {
  resolveAlias,
  type Span,
  type YamlEntry,
  type YamlMap,
  type YamlNode,
} from '../yaml/yamlTree';
import { pythonFloat, pythonInt } from './pythonNumber';
import type { SweepValue } from './sweepModel';
import type { Fix } from '../problem';
import type { SweepCode, SweepProblem } from './sweepProblem';

/** More of them help nobody. */
export const mostProblems = 500;

/** Reads pieces of a sweep file, and keeps what is wrong with them. */
export class SweepReader {
  readonly problems: SweepProblem[] = [];

  report(
    severity: SweepProblem['severity'],
    code: SweepCode,
    span: Span,
    message: string,
    fixes: readonly Fix[] = [],
  ): void {
    if (this.problems.length < mostProblems)
      this.problems.push({ severity, code, span, message, fixes });
  }

  /** The entries by name, as Python has them; says which ones are overwritten, and which have no name. */
  entries(map: YamlMap): Map<string, YamlEntry> {
    const { entries, overwritten } = dictEntries(map);
    for (const { key } of overwritten) {
      this.report(
        'warning',
        'sweep-duplicate-key',
        key.span,
        l10n.t('The key {0} is here more than once; only the last one counts.', nameOf(key)),
      );
    }
    return new Map(entries.map((entry) => [nameOf(entry.key), entry]));
  }

  /** Says which keys mean nothing. */
  knownKeys(entries: ReadonlyMap<string, YamlEntry>, keys: Keys, foreign: readonly string[]): void {
    const names = keys.map(({ key }) => key);
    for (const [name, { key }] of entries) {
      if (names.includes(name)) continue;
      if (foreign.includes(name)) {
        const message = l10n.t('{0} means nothing to a sweep of MLflow runs.', name);
        this.report('hint', 'sweep-unknown-key', key.span, message);
        continue;
      }
      const meant = nearest(name, names);
      const message =
        meant === undefined
          ? l10n.t('Unknown key {0}.', name)
          : l10n.t('Unknown key {0}; did you mean {1}?', name, meant);
      const fixes = meant === undefined ? [] : [replacement(key.span, meant)];
      this.report('warning', 'sweep-unknown-key', key.span, message, fixes);
    }
  }

  /** The mapping below a key, or a problem. */
  map(entry: YamlEntry): YamlMap | undefined {
    const value = resolveAlias(entry.value);
    if (value?.kind === 'map') return value;
    this.report(
      'error',
      'sweep-shape',
      spotOf(entry),
      l10n.t('{0} must be a mapping of keys to values.', nameOf(entry.key)),
    );
    return undefined;
  }

  /** The text below a key, or a problem. */
  scalar(entry: YamlEntry): SweepValue | undefined {
    const value = valueOf(entry.value);
    if (value !== undefined && value.text !== '') return value;
    const message = l10n.t('{0} must be a single value.', nameOf(entry.key));
    this.report('error', 'sweep-shape', spotOf(entry), message);
    return undefined;
  }

  number(entry: YamlEntry | undefined): number | undefined {
    const value = entry && this.scalar(entry);
    if (entry === undefined || value === undefined) return undefined;
    const number = pythonFloat(value.text);
    if (number !== undefined && Number.isFinite(number)) return number;
    const message = l10n.t('{0} must be a number.', nameOf(entry.key));
    this.report('error', 'sweep-number', value.span, message);
    return undefined;
  }

  wholeNumber(entry: YamlEntry | undefined, least: number): number | undefined {
    const value = entry && this.scalar(entry);
    if (entry === undefined || value === undefined) return undefined;
    const number = pythonInt(value.text);
    const isExact = number !== undefined && number <= BigInt(Number.MAX_SAFE_INTEGER);
    if (isExact && number >= BigInt(least)) return Number(number);
    const message =
      number === undefined || isExact
        ? l10n.t('{0} must be a whole number from {1} on.', nameOf(entry.key), least)
        : l10n.t('{0} must be {1} at most.', nameOf(entry.key), Number.MAX_SAFE_INTEGER);
    this.report('error', 'sweep-number', value.span, message);
    return undefined;
  }

  /** One of the values that the key's schema names. */
  choice<T extends string>(
    entry: YamlEntry | undefined,
    { values = [] }: Pick<KeySchema, 'values'>,
  ): T | undefined {
    const value = entry && this.scalar(entry);
    if (value === undefined) return undefined;
    const words = values.map((one) => one.value);
    if (words.includes(value.text)) return value.text as T;
    const meant = nearest(value.text, words);
    const message = l10n.t('{0} is none of {1}.', value.text, words.join(', '));
    const fixes = meant === undefined ? [] : [replacement(value.span, meant)];
    this.report('error', 'sweep-choice', value.span, message, fixes);
    return undefined;
  }
}

export function replacement(span: Span, newText: string): Fix {
  return { title: l10n.t('Change to {0}', newText), edits: [{ span, newText }] };
}

/** A scalar as it is written. */
export function valueOf(node: YamlNode): SweepValue | undefined {
  const resolved = resolveAlias(node);
  if (resolved?.kind !== 'scalar') return undefined;
  const { span } = node;
  return { text: resolved.text, span, isPlain: resolved.style === 'plain' };
}

/** The key as it is written: `yes` is no name for a parameter of another name. */
export function nameOf(key: YamlNode): string {
  return valueOf(key)?.text ?? '';
}

/** Where to speak of a value: the value, or its key where it is empty. */
export function spotOf({ key, value }: YamlEntry): Span {
  return value.span.end > value.span.start ? value.span : key.span;
}

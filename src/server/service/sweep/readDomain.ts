import * as l10n from '@vscode/l10n';
import { findKey } from '../../schema/keySchema';
import { sweepParameterKeys } from '../../schema/sweepSchema';
import { resolveAlias, type Span, type YamlEntry, type YamlList } from '../yaml/yamlTree';
import { gridDistributions } from './countRuns';
import { pythonFloat } from './pythonNumber';
import type { SweepDomain, SweepMethod, SweepValue } from './sweepModel';
import { spotOf, valueOf, type SweepReader } from './sweepReader';

const unknown: SweepDomain = { kind: 'unknown' };
const open: ReadonlySet<string> = new Set(['normal', 'q_normal', 'log_normal']);

/** Values of a list that are compared with one another. */
const mostCompared = 10_000;

/** The values in a list, and what is wrong with them. */
export function readValues(reader: SweepReader, list: YamlList, spot: Span): SweepDomain {
  if (list.items.length === 0) {
    const message = l10n.t('There is no value here, so there would be no run.');
    reader.report('error', 'sweep-no-values', spot, message);
  }
  const values: SweepValue[] = [];
  const seen = new Map<string, SweepValue>();
  for (const item of list.items) {
    const value = valueOf(item);
    if (value === undefined) {
      const message = l10n.t('A value of a sweep must be a single text or number.');
      reader.report('error', 'sweep-shape', item.span, message);
      continue;
    }
    values.push(value);
    if (values.length > mostCompared) continue;
    const before = seen.get(identityOf(value));
    if (before === undefined) seen.set(identityOf(value), value);
    else reportDuplicate(reader, value, before);
  }
  return { kind: 'values', values };
}

/** `0.10` and `1e-1` make the same run. */
function identityOf({ text, isPlain }: SweepValue): string {
  const number = isPlain ? pythonFloat(text) : undefined;
  return number === undefined || Number.isNaN(number) ? `text:${text}` : `number:${number}`;
}

function reportDuplicate(reader: SweepReader, value: SweepValue, before: SweepValue): void {
  const message =
    value.text === before.text
      ? l10n.t('The value {0} is here twice.', value.text)
      : l10n.t('{0} is the same value as {1}.', value.text, before.text);
  reader.report('warning', 'sweep-duplicate-value', value.span, message);
}

/** The values of a parameter in the form: `value`, `values`, or `min` and `max`. */
export function readDomain(
  reader: SweepReader,
  parameter: YamlEntry,
  method: SweepMethod,
): SweepDomain {
  const map = reader.map(parameter);
  if (map === undefined) return unknown;
  const entries = reader.entries(map);
  reader.knownKeys(entries, sweepParameterKeys, []);
  const given = ['value', 'values', 'min', 'mu'].filter((key) => entries.has(key));
  const [first, second] = given;
  if (second !== undefined) {
    const message = l10n.t('{0} and {1} do not go together.', String(first), second);
    reader.report('error', 'sweep-bounds', entries.get(second)?.key.span ?? map.span, message);
    return unknown;
  }
  const value = entries.get('value');
  if (value !== undefined) {
    const text = reader.scalar(value);
    return text === undefined ? unknown : { kind: 'values', values: [text] };
  }
  const values = entries.get('values');
  if (values !== undefined) return readValuesOf(reader, values, entries.get('probabilities'));
  return new RangeReader(reader, parameter, entries, method).read();
}

function readValuesOf(
  reader: SweepReader,
  entry: YamlEntry,
  probabilities: YamlEntry | undefined,
): SweepDomain {
  const list = resolveAlias(entry.value);
  if (list?.kind !== 'list') {
    const message = l10n.t('`values` must be a list; for one value, write `value`.');
    reader.report('error', 'sweep-shape', spotOf(entry), message);
    return unknown;
  }
  const shares = probabilities && resolveAlias(probabilities.value);
  if (shares?.kind === 'list' && shares.items.length !== list.items.length) {
    const message = l10n.t('There must be as many probabilities as values.');
    reader.report('error', 'sweep-bounds', shares.span, message);
  }
  const domain = readValues(reader, list, spotOf(entry));
  if (domain.kind !== 'values' || shares?.kind !== 'list') return domain;
  const numbers = shares.items.map((item) => pythonFloat(valueOf(item)?.text ?? ''));
  const isUsable =
    numbers.length === domain.values.length &&
    numbers.every((share) => share !== undefined && share >= 0 && Number.isFinite(share));
  return isUsable ? { ...domain, probabilities: numbers as number[] } : domain;
}

/** Reads `min`, `max` and the like, and holds them against the distribution and the method. */
class RangeReader {
  constructor(
    private readonly reader: SweepReader,
    private readonly parameter: YamlEntry,
    private readonly entries: ReadonlyMap<string, YamlEntry>,
    private readonly method: SweepMethod,
  ) {}

  read(): SweepDomain {
    const named = this.entries.get('distribution');
    const schema = findKey(sweepParameterKeys, 'distribution') ?? {};
    const distribution = this.reader.choice<string>(named, schema);
    if (named !== undefined && distribution === undefined) return unknown;
    if (distribution !== undefined && open.has(distribution)) return this.readOpen(distribution);
    return this.readRange(distribution);
  }

  private readOpen(distribution: string): SweepDomain {
    const mu = this.reader.number(this.entries.get('mu'));
    const step = this.reader.number(this.entries.get('q'));
    const sigma = this.reader.number(this.entries.get('sigma'));
    if (sigma !== undefined && sigma <= 0) {
      this.fail(this.spot('sigma'), l10n.t('`sigma` must be above 0.'));
    }
    this.refuseGrid(distribution);
    const usual = distribution.startsWith('q_') ? 1 : undefined;
    return {
      kind: 'open',
      distribution,
      mu: mu ?? 0,
      sigma: sigma !== undefined && sigma > 0 ? sigma : 1,
      step: step !== undefined && step > 0 ? step : usual,
    };
  }

  private readRange(named: string | undefined): SweepDomain {
    for (const key of ['min', 'max']) {
      if (this.entries.has(key)) continue;
      const message = this.entries.has(key === 'min' ? 'max' : 'min')
        ? l10n.t('`min` and `max` belong together; `{0}` is missing.', key)
        : l10n.t('A parameter needs `value`, `values`, or `min` and `max`.');
      this.reader.report('error', 'sweep-no-values', this.parameter.key.span, message);
      return unknown;
    }
    const min = this.reader.number(this.entries.get('min'));
    const max = this.reader.number(this.entries.get('max'));
    const step = this.reader.number(this.entries.get('q'));
    if (min === undefined || max === undefined) return unknown;
    const distribution = named ?? this.usualDistribution();
    this.checkBounds(min, max, distribution);
    if (step !== undefined && step <= 0) this.fail(this.spot('q'), l10n.t('`q` must be above 0.'));
    this.refuseGrid(distribution);
    const usual = distribution.startsWith('q_') ? 1 : undefined;
    return {
      kind: 'range',
      min,
      max,
      distribution,
      step: step !== undefined && step > 0 ? step : usual,
    };
  }

  /** Whole numbers stay whole. */
  private usualDistribution(): string {
    const isWhole = (key: string): boolean => {
      const entry = this.entries.get(key);
      return /^[-+]?\d+$/.test((entry && valueOf(entry.value)?.text) ?? '');
    };
    return isWhole('min') && isWhole('max') ? 'int_uniform' : 'uniform';
  }

  private checkBounds(min: number, max: number, distribution: string): void {
    if (min > max) {
      const spot = this.spot('max');
      this.fail(spot, l10n.t('`max` is below `min`.'));
    } else if (min === max) {
      const message = l10n.t('`min` and `max` are the same, so there is one value only.');
      this.reader.report('warning', 'sweep-bounds', this.spot('max'), message);
    }
    if (distribution.endsWith('log_uniform_values') && min <= 0) {
      this.fail(this.spot('min'), l10n.t('`min` must be above 0 for {0}.', distribution));
    }
    if (distribution === 'int_uniform' && !(Number.isInteger(min) && Number.isInteger(max))) {
      this.fail(this.spot('min'), l10n.t('{0} needs whole numbers.', distribution));
    }
  }

  private refuseGrid(distribution: string): void {
    if (this.method !== 'grid' || gridDistributions.has(distribution)) return;
    const message = l10n.t(
      'A grid needs `values` here, since {0} has no end of them; `method: random` can draw from it.',
      distribution,
    );
    this.fail(this.parameter.key.span, message);
  }

  private spot(key: string): Span {
    const entry = this.entries.get(key);
    return entry === undefined ? this.parameter.key.span : spotOf(entry);
  }

  private fail(span: Span, message: string): void {
    this.reader.report('error', 'sweep-bounds', span, message);
  }
}

import * as l10n from '@vscode/l10n';
import { findKey, type KeySchema } from '../../schema/keySchema';
import {
  earlyTerminateKeys,
  foreignSweepKeys,
  metricKeys,
  sweepKeys,
} from '../../schema/sweepSchema';
import { innerSpan } from '../nodePath';
import type { YamlDocument } from '../yaml/yamlDocument';
import { resolveAlias, type Span, type YamlEntry, type YamlMap } from '../yaml/yamlTree';
import { readDomain, readValues } from './readDomain';
import type {
  EarlyTerminate,
  Sweep,
  SweepDomain,
  SweepMethod,
  SweepMetricKey,
  SweepParameter,
} from './sweepModel';
import type { SweepProblem } from './sweepProblem';
import { nameOf, SweepReader, spotOf, valueOf } from './sweepReader';
import { isForm } from './sweepShape';

export interface ReadSweep {
  /** Undefined where the file is no mapping. */
  readonly sweep: Sweep | undefined;
  readonly problems: readonly SweepProblem[];
}

const read = new WeakMap<YamlDocument, ReadSweep>();

/** Reads a sweep file of either shape, and says what is wrong with it by itself; once for each text. */
export function readSweep(document: YamlDocument): ReadSweep {
  const known = read.get(document);
  if (known !== undefined) return known;
  const fresh = readAnew(document);
  read.set(document, fresh);
  return fresh;
}

function readAnew(document: YamlDocument): ReadSweep {
  const reader = new SweepReader();
  const root = document.root && resolveAlias(document.root);
  if (root?.kind !== 'map') {
    if (document.problem === undefined && root !== undefined) {
      const message = l10n.t(
        'A sweep file must be a mapping, such as `learning_rate: [0.1, 0.01]`.',
      );
      reader.report('error', 'sweep-shape', root.span, message);
    }
    return { sweep: undefined, problems: reader.problems };
  }
  const sweep = isForm(root) ? readForm(reader, root) : readGrid(reader, root);
  return { sweep, problems: reader.problems };
}

function readGrid(reader: SweepReader, root: YamlMap): Sweep {
  const parameters = [...reader.entries(root).values()].map((entry) =>
    parameterOf(entry, readGridValues(reader, entry)),
  );
  return {
    shape: 'grid',
    method: 'grid',
    parameters,
    name: undefined,
    seed: undefined,
    parallelism: undefined,
    backend: undefined,
    metric: undefined,
    earlyTerminate: undefined,
    runCap: undefined,
    entryPoint: undefined,
    program: undefined,
    head: headOf(root),
  };
}

function readGridValues(reader: SweepReader, entry: YamlEntry): SweepDomain {
  const list = resolveAlias(entry.value);
  if (list?.kind === 'list') return readValues(reader, list, spotOf(entry));
  const { start, end } = spotOf(entry);
  const edits = [
    { span: { start, end: start }, newText: '[' },
    { span: { start: end, end }, newText: ']' },
  ];
  const canWrap = list?.kind === 'scalar' && list.text !== '' && entry.value.kind === 'scalar';
  reader.report(
    'error',
    'sweep-shape',
    { start, end },
    l10n.t('{0} must be a list of values, such as `[0.1, 0.01]`.', nameOf(entry.key)),
    canWrap && /^(plain|single|double)$/.test(list.style)
      ? [{ title: l10n.t('Make it a list'), edits }]
      : [],
  );
  return { kind: 'unknown' };
}

function readForm(reader: SweepReader, root: YamlMap): Sweep {
  const entries = reader.entries(root);
  reader.knownKeys(entries, sweepKeys, foreignSweepKeys);
  const methodEntry = entries.get('method');
  const method = readMethod(reader, methodEntry);
  const metricEntry = entries.get('metric');
  const metric = metricEntry && readMetric(reader, metricEntry);
  if (metricEntry === undefined && method === 'bayes' && methodEntry !== undefined) {
    const message = l10n.t('`bayes` needs a metric to get better at.');
    reader.report('error', 'sweep-no-metric', spotOf(methodEntry), message);
  }
  const early = entries.get('early_terminate');
  const scalar = (key: string): ReturnType<SweepReader['scalar']> => {
    const entry = entries.get(key);
    return entry && reader.scalar(entry);
  };
  const nameEntry = entries.get('name');
  return {
    shape: 'form',
    method,
    name: nameEntry && valueOf(nameEntry.value)?.text,
    metric,
    earlyTerminate: early && readEarlyTerminate(reader, early),
    parallelism: reader.wholeNumber(entries.get('parallelism'), 1),
    seed: reader.wholeNumber(entries.get('seed'), 0),
    backend: scalar('backend')?.text,
    parameters: readParameters(reader, entries.get('parameters'), method, root),
    runCap: reader.wholeNumber(entries.get('run_cap'), 1),
    entryPoint: scalar('entry_point'),
    program: scalar('program'),
    head: methodEntry?.key.span ?? headOf(root),
  };
}

function readMethod(reader: SweepReader, entry: YamlEntry | undefined): SweepMethod {
  return reader.choice<SweepMethod>(entry, schemaOf('method')) ?? 'grid';
}

function readMetric(reader: SweepReader, entry: YamlEntry): SweepMetricKey | undefined {
  const map = reader.map(entry);
  if (map === undefined) return undefined;
  const entries = reader.entries(map);
  reader.knownKeys(entries, metricKeys, []);
  const nameEntry = entries.get('name');
  if (nameEntry === undefined) {
    const message = l10n.t('The metric has no name.');
    reader.report('error', 'sweep-no-metric', entry.key.span, message);
  }
  const name = nameEntry && reader.scalar(nameEntry)?.text;
  const goalSchema = findKey(metricKeys, 'goal') ?? {};
  const goal = reader.choice<SweepMetricKey['goal']>(entries.get('goal'), goalSchema);
  const target = reader.number(entries.get('target'));
  return name === undefined ? undefined : { name, goal: goal ?? 'minimize', target };
}

function readEarlyTerminate(reader: SweepReader, entry: YamlEntry): EarlyTerminate | undefined {
  const map = reader.map(entry);
  if (map === undefined) return undefined;
  const entries = reader.entries(map);
  reader.knownKeys(entries, earlyTerminateKeys, []);
  reader.choice(entries.get('type'), findKey(earlyTerminateKeys, 'type') ?? {});
  const whole = (key: string): number | undefined => reader.wholeNumber(entries.get(key), 1);
  const [minIter, maxIter, s, eta] = [
    whole('min_iter'),
    whole('max_iter'),
    whole('s'),
    whole('eta'),
  ];
  const strict = entries.get('strict');
  if (!entries.has('min_iter') && !entries.has('max_iter')) {
    const message = l10n.t('`early_terminate` needs `min_iter` or `max_iter`.');
    reader.report('error', 'sweep-bounds', entry.key.span, message);
    return undefined;
  }
  const isStrict = strict !== undefined && valueOf(strict.value)?.text.toLowerCase() === 'true';
  return { minIter, maxIter, s, eta, strict: isStrict };
}

function readParameters(
  reader: SweepReader,
  entry: YamlEntry | undefined,
  method: SweepMethod,
  root: YamlMap,
): SweepParameter[] {
  if (entry === undefined) {
    const message = l10n.t('A sweep needs `parameters` to vary.');
    reader.report('error', 'sweep-no-values', headOf(root), message);
    return [];
  }
  const map = reader.map(entry);
  if (map === undefined) return [];
  return [...reader.entries(map).values()].map((parameter) =>
    parameterOf(parameter, readDomain(reader, parameter, method)),
  );
}

function parameterOf(entry: YamlEntry, domain: SweepDomain): SweepParameter {
  const name = nameOf(entry.key);
  return { name, nameSpan: innerSpan(entry.key), valueSpan: entry.value.span, domain };
}

function schemaOf(key: string): Pick<KeySchema, 'values'> {
  return findKey(sweepKeys, key) ?? {};
}

function headOf(root: YamlMap): Span {
  return root.entries[0]?.key.span ?? root.span;
}

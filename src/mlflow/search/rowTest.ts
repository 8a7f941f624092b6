import type { FilterComparison } from './filterComparison';
import { rowFields, type RowFields, valueOf } from './rowFields';
import type { RowOf, SearchDialect, SearchTarget } from './searchDialect';
import { valueTest } from './valueTest';

type RowTest<Row> = (row: Row) => boolean;

/** Tags that mean something to a search. */
const runNameTag = 'mlflow.runName';
const contextTag = 'mlflow.data.context';
const promptTag = 'mlflow.prompt.is_prompt';

/**
 * A test for rows that a parsed filter lets through, with the semantics of the dialect's store:
 * - what a row lacks fits nothing, `!=` and NOT IN included;
 * - a comparison of datasets holds when it holds for one of them;
 * - a NaN fits `!=` only, but in databases of MLflow 2 it is compared as 0;
 * - ILIKE knows the cases of ASCII letters in databases, of all letters in folders, where `%` and `_`
 *   do not stand for line breaks;
 * - `run_name` is the tag `mlflow.runName` in databases, the run's own name in folders;
 * - prompts are neither models nor versions, unless a filter asks for them.
 *
 * By design, two things differ from MLflow 2: a pattern in a folder is no regular expression there,
 * and a database is not asked in vain for datasets together with params.
 */
export function rowTest<Target extends SearchTarget>(
  comparisons: readonly FilterComparison[],
  dialect: SearchDialect<Target>,
): RowTest<RowOf[Target]> {
  const fields: RowFields<RowOf[Target]> = rowFields[dialect.target];
  const isRegistry = dialect.target === 'registeredModels' || dialect.target === 'modelVersions';
  const tests = isRegistry
    ? registryTests(comparisons, fields, dialect)
    : comparisons.map((comparison) => comparisonTest(comparison, fields, dialect));
  return (row) => tests.every((test) => test(row));
}

function comparisonTest<Row>(
  comparison: FilterComparison,
  fields: RowFields<Row>,
  dialect: SearchDialect,
): RowTest<Row> {
  const { entity, key, operator } = comparison;
  const test = valueTest(comparison, dialect);
  if (entity === 'dataset') {
    return datasetTest(key, test, fields);
  }
  const read = reader(entity, key, fields, dialect);
  return (row) => {
    const value = read(row);
    return value === undefined ? operator === 'IS NULL' : test(value);
  };
}

function datasetTest<Row>(
  key: string,
  test: (value: string) => boolean,
  fields: RowFields<Row>,
): RowTest<Row> {
  return (row) =>
    (fields.datasets?.(row) ?? []).some(({ name, digest, tags }) => {
      if (key === 'context') {
        return tags.some((tag) => tag.key === contextTag && test(tag.value));
      }
      return test(key === 'name' ? name : digest);
    });
}

function reader<Row>(
  entity: Exclude<FilterComparison['entity'], 'dataset'>,
  key: string,
  fields: RowFields<Row>,
  { target, version, store }: SearchDialect,
): (row: Row) => string | number | undefined {
  switch (entity) {
    case 'attribute':
      return target === 'runs' && key === 'run_name' && store === 'sql'
        ? (row) => valueOf(fields.tags(row), runNameTag)
        : (row) => fields.attribute(row, key);
    case 'tag':
      return (row) => valueOf(fields.tags(row), key);
    case 'param':
      return (row) => valueOf(fields.params?.(row), key);
    case 'metric': {
      const notANumber = store === 'sql' && version === 2 ? 0 : NaN;
      return (row) => {
        const value = fields.metrics?.(row).find((metric) => metric.key === key)?.value;
        return Number.isNaN(value) ? notANumber : value;
      };
    }
  }
}

/** Comparisons of models and versions, with what MLflow adds about prompts, which are models, too. */
function registryTests<Row>(
  comparisons: readonly FilterComparison[],
  fields: RowFields<Row>,
  dialect: SearchDialect,
): readonly RowTest<Row>[] {
  const isAboutPrompts = ({ entity, key }: FilterComparison): boolean =>
    entity === 'tag' && key === promptTag;
  const about = comparisons.filter(isAboutPrompts);
  const others = comparisons.filter((comparison) => !isAboutPrompts(comparison));
  const plain = (comparison: FilterComparison): RowTest<Row> =>
    comparisonTest(comparison, fields, dialect);
  const isNoPrompt: RowTest<Row> = (row) => valueOf(fields.tags(row), promptTag) !== 'true';
  if (dialect.store === 'sql') {
    const asked = about[0] !== undefined && asksForPrompts(about[0]);
    return asked ? comparisons.map(plain) : [...others.map(plain), isNoPrompt];
  }
  const withoutTag = ({ operator, value }: FilterComparison): boolean =>
    (operator === '=' && value === 'false') || (operator === '!=' && value === 'true');
  return [
    ...others.map(plain),
    ...about.map((comparison): RowTest<Row> => {
      const test = plain(comparison);
      return (row) =>
        valueOf(fields.tags(row), promptTag) === undefined ? withoutTag(comparison) : test(row);
    }),
    ...(about.length === 0 ? [isNoPrompt] : []),
  ];
}

function asksForPrompts({ operator, value }: FilterComparison): boolean {
  const wanted = String(value).toLowerCase();
  return (operator === '=' && wanted === 'true') || (operator === '!=' && wanted === 'false');
}

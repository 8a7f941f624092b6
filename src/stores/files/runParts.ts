import type { ParsedSearch } from './search';

/** What of a run is to be read beyond its `meta.yaml`: the fields of these keys. */
export interface RunParts {
  readonly params: readonly string[];
  readonly metrics: readonly string[];
  readonly tags: readonly string[];
  readonly datasets: boolean;
}

/** What a search has to know of each run, which is mostly nothing or one file. */
export function partsAskedFor({ asksFor }: Pick<ParsedSearch<unknown>, 'asksFor'>): RunParts {
  const keys = (entity: string): string[] => [
    ...new Set(asksFor.filter((each) => each.entity === entity).map(({ key }) => key)),
  ];
  return {
    params: keys('param'),
    metrics: keys('metric'),
    tags: keys('tag'),
    datasets: keys('dataset').length > 0,
  };
}

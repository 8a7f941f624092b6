import type { OrderKey } from '../../src/stores/sqlite/searchLanguage';

/** Reads orders that are written in full, as `metrics.`a b` DESC`. */
export function simpleOrder(clauses: readonly string[]): readonly OrderKey[] {
  return clauses.map((clause) => {
    const [, entity, key = '', direction] =
      /^(?:(metric|param|tag|attribute)s?\.)?`?(.*?)`?(?: (ASC|DESC))?$/.exec(clause) ?? [];
    return {
      entity: (entity ?? 'attribute') as OrderKey['entity'],
      key: key === 'created' ? 'start_time' : key,
      ascending: direction !== 'DESC',
    };
  });
}

import type { RunQuery } from '../../src/mlflow/trackingStore';

/** A search of runs as `fileStores.py` takes it. */
export type FileSearch = Partial<Pick<RunQuery, 'filter' | 'orderBy' | 'maxResults' | 'view'>>;

const filters = [
  'metrics.loss > 0',
  "metrics.`val/acc` <= 1 and params.Loss != 'x'",
  'metrics.`a/b/c d` != 0',
  "params.`정확도` LIKE '%x%'",
  "params.constructor ILIKE 'X'",
  "tags.`k.1-x_y` = 'yes'",
  "tags.__proto__ LIKE '_%'",
  "datasets.name ILIKE '와인%'",
  "dataset.context IN ('training')",
  "attributes.status = 'FINISHED' AND end_time > 1700000000000",
  "run_name LIKE '%a%'",
  'start_time >= 1700000020000',
];
const orders = [
  ['metrics.loss DESC'],
  ['metrics.`val/acc`', 'attributes.start_time'],
  ['params.`a/b/c d` ASC', 'metrics.Loss DESC'],
  ['tags.`0` DESC'],
  ['attributes.run_name', 'end_time DESC'],
  ['attributes.status ASC'],
];
const refused = ['metrics.loss = 1 OR params.x = 2', "params.x > '1'", 'nothing.x = 1'];

/** Searches for the keys and texts that `fileStores.py` logs; `null` is asked for of MLflow 3 alone. */
export function fileSearches(mlflow3: boolean): readonly FileSearch[] {
  const nulls = ['params.loss IS NULL', 'tags.loss IS NOT NULL'];
  const all = [...filters, ...(mlflow3 ? nulls : []), ...refused];
  return [
    ...all.map((filter) => ({ filter })),
    ...orders.map((orderBy) => ({ orderBy, maxResults: 30 })),
    { view: 'active', maxResults: 11 },
    { view: 'deleted', maxResults: 3 },
    { view: 'active', maxResults: 9, filter: 'metrics.loss < 1e3', orderBy: ['metrics.loss'] },
  ];
}

import type { Run } from '../../mlflow/model';
import { tagValue } from '../../mlflow/runFacts';
import type { RunDataset } from '../../protocol/runPage';

/** Longer JSON is no schema that a person reads. */
const longestText = 100_000;
const mostDatasets = 200;

/** The datasets of a run, in their order. */
export function runDatasets({ datasets }: Run): readonly RunDataset[] {
  return datasets.slice(0, mostDatasets).map((dataset) => ({
    name: dataset.name,
    digest: dataset.digest,
    sourceType: dataset.sourceType,
    source: dataset.source.slice(0, longestText),
    schema: dataset.schema?.slice(0, longestText),
    profile: dataset.profile?.slice(0, longestText),
    context: tagValue(dataset.tags, 'mlflow.data.context') ?? '',
  }));
}

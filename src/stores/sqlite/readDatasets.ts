import type { DatasetInput, Tag } from '../../mlflow/model';
import type { Reading } from './database';
import type { Reader } from './openDatabase';
import { type Row, toOptionalText, toText } from './rows';
import { listValue } from './sqlText';

type Input = Omit<DatasetInput, 'tags'> & { readonly tags: Tag[] };

/** The datasets that each of some runs was given. Many runs mostly share few of them, with long profiles. */
export function* readDatasets(reader: Reader, ids: readonly string[]): Reading<DatasetInput[][]> {
  const rows = reader.rows(
    `SELECT j.key AS run, i.source_id, t.name, t.value
      FROM json_each(?) AS j
      CROSS JOIN inputs AS i ON i.destination_type = 'RUN' AND i.destination_id = j.value
      LEFT JOIN input_tags AS t ON t.input_uuid = i.input_uuid`,
    listValue(ids),
  );
  yield;
  const datasets = yield* datasetsOf(reader, new Set(rows.map(([, id]) => toText(id))));
  const inputs = ids.map(() => new Map<string, Input>());
  for (const [run, id, tag, value] of rows) {
    const ofRun = inputs[Number(run)];
    const dataset = datasets.get(toText(id));
    if (ofRun !== undefined && dataset !== undefined) {
      const input = ofRun.get(toText(id)) ?? { ...dataset, tags: [] };
      ofRun.set(toText(id), input);
      if (tag !== null) {
        input.tags.push({ key: toText(tag), value: toText(value) });
      }
    }
  }
  return inputs.map((ofRun) => [...ofRun.values()]);
}

function* datasetsOf(
  reader: Reader,
  ids: ReadonlySet<string>,
): Reading<ReadonlyMap<string, Omit<DatasetInput, 'tags'>>> {
  const datasets = new Map<string, Omit<DatasetInput, 'tags'>>();
  for (const id of ids) {
    const [row] = reader.rows(
      `SELECT name, digest, dataset_source_type, dataset_source, dataset_schema, dataset_profile FROM datasets
        WHERE dataset_uuid = ?`,
      id,
    );
    if (row !== undefined) {
      datasets.set(id, toDataset(row));
    }
    yield;
  }
  return datasets;
}

function toDataset([name, digest, sourceType, source, schema, profile]: Row) {
  return {
    name: toText(name),
    digest: toText(digest),
    sourceType: toText(sourceType),
    source: toText(source),
    schema: toOptionalText(schema),
    profile: toOptionalText(profile),
  };
}

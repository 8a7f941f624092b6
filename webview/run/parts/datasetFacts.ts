import { fieldsOf } from '../../kit/fields';

const most = 500;

/**
 * The columns of a dataset with their types, from `mlflow_colspec` or `mlflow_tensorspec` of the JSON that MLflow's
 * client writes; none for whatever else it is.
 */
export function schemaOf(json: string | undefined): readonly (readonly [string, string])[] {
  const fields = fieldsOf(parsed(json));
  const colspec = fields['mlflow_colspec'];
  const { features } = fieldsOf(fields['mlflow_tensorspec']);
  const specs = Array.isArray(colspec) ? colspec : listOf(features);
  return (specs as readonly unknown[]).slice(0, most).map((spec, place) => {
    const { name, type, required } = fieldsOf(spec);
    const shape = fieldsOf(fieldsOf(spec)['tensor-spec']);
    const typeText = typeof type === 'string' && type !== 'tensor' ? type : tensorText(shape);
    return [
      typeof name === 'string' ? name : String(place),
      required === false ? `${typeText}?` : typeText,
    ];
  });
}

/** What is counted of a dataset: rows, elements and the like. */
export function profileOf(json: string | undefined): readonly (readonly [string, string])[] {
  return Object.entries(fieldsOf(parsed(json)))
    .slice(0, most)
    .map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]);
}

function listOf(features: unknown): readonly unknown[] {
  return Array.isArray(features) ? (features as readonly unknown[]) : [];
}

function tensorText(shape: Readonly<Record<string, unknown>>): string {
  const { dtype, shape: sizes } = shape;
  const type = typeof dtype === 'string' ? dtype : '';
  return Array.isArray(sizes) ? `${type}[${sizes.join(', ')}]` : type;
}

function parsed(json: string | undefined): unknown {
  try {
    return json === undefined ? undefined : (JSON.parse(json) as unknown);
  } catch {
    // A server may have cut it.
    return undefined;
  }
}

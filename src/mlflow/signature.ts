/** A type of MLflow's signatures (`mlflow/types/schema.py`). */
export type SchemaType =
  | { readonly kind: 'plain'; readonly name: string }
  | { readonly kind: 'tensor'; readonly dtype: string; readonly shape: readonly number[] }
  | { readonly kind: 'array'; readonly items: SchemaType }
  | { readonly kind: 'map'; readonly values: SchemaType }
  | { readonly kind: 'object'; readonly properties: readonly SchemaField[] };

/** A column, a tensor or a property of an object. */
export interface SchemaField {
  /** Absent where the schema has one field without a name, or columns by their place. */
  readonly name: string | undefined;
  readonly type: SchemaType;
  readonly isRequired: boolean;
}

/** A param of inference. */
export interface SchemaParam {
  readonly name: string;
  readonly type: SchemaType;
  /** JSON text; `null` is Python's `None`. */
  readonly defaultValue: string;
  /** `[-1]` for a list; absent for one value. */
  readonly shape: readonly number[] | undefined;
}

/** What a model takes and gives; a part is absent where the model does not say. */
export interface Signature {
  readonly inputs: readonly SchemaField[] | undefined;
  readonly outputs: readonly SchemaField[] | undefined;
  readonly params: readonly SchemaParam[] | undefined;
}

/** A part of a signature that is none: `part` is its key, `text` what stands there. */
export class SignatureError extends Error {
  override readonly name = 'SignatureError';

  constructor(
    readonly part: string,
    readonly text: string,
  ) {
    super(`the ${part} of the signature cannot be read`);
  }
}

type Fields = Readonly<Record<string, unknown>>;
const deepest = 100;

/**
 * Reads a signature as an MLmodel file has it: `inputs`, `outputs` and `params` are each a JSON text. Types that MLflow may
 * have some day are taken by their names.
 *
 * @throws {SignatureError} for a part of another shape
 */
export function readSignature(signature: unknown): Signature | undefined {
  if (!isFields(signature)) {
    return undefined;
  }
  const part = <T>(name: string, read: (item: unknown) => T): readonly T[] | undefined => {
    const text = signature[name];
    if (text === null || text === undefined) {
      return undefined;
    }
    try {
      const items: unknown = typeof text === 'string' ? JSON.parse(text) : text;
      if (Array.isArray(items)) {
        return items.map(read);
      }
    } catch {
      // Said below.
    }
    throw new SignatureError(name, typeof text === 'string' ? text : JSON.stringify(text));
  };
  const read: Signature = {
    inputs: part('inputs', toField),
    outputs: part('outputs', toField),
    params: part('params', toParam),
  };
  return (read.inputs ?? read.outputs ?? read.params) ? read : undefined;
}

/** A type as people write it: `long`, `float32 (-1, 28)`, `array<string>`, `map<string, long>`, `{role: string, text?: string}`. */
export function typeText(type: SchemaType): string {
  switch (type.kind) {
    case 'plain':
      return type.name;
    case 'tensor':
      return `${type.dtype} (${type.shape.join(', ')})`;
    case 'array':
      return `array<${typeText(type.items)}>`;
    case 'map':
      return `map<string, ${typeText(type.values)}>`;
    case 'object':
      return `{${type.properties.map(propertyText).join(', ')}}`;
  }
}

/** A param's type, as a list where it is one. */
export function paramTypeText({ type, shape }: Pick<SchemaParam, 'type' | 'shape'>): string {
  return shape === undefined ? typeText(type) : `array<${typeText(type)}>`;
}

function propertyText({ name, type, isRequired }: SchemaField): string {
  return `${name ?? ''}${isRequired ? '' : '?'}: ${typeText(type)}`;
}

function toField(item: unknown): SchemaField {
  const fields = expectFields(item);
  const { name, required, optional } = fields;
  return {
    name: typeof name === 'string' ? name : undefined,
    type: toType(fields, 0),
    // MLflow before 2.5 wrote `optional`, and nothing for what is required.
    isRequired: typeof required === 'boolean' ? required : optional !== true,
  };
}

function toParam(item: unknown): SchemaParam {
  const fields = expectFields(item);
  const { name, shape } = fields;
  if (typeof name !== 'string') {
    throw new TypeError('no name');
  }
  return {
    name,
    // The first releases with params had `dtype`.
    type: toType(fields['type'] === undefined ? { type: fields['dtype'] } : fields, 0),
    defaultValue: JSON.stringify(fields['default'] ?? null),
    shape: Array.isArray(shape) ? shape.map(Number) : undefined,
  };
}

function toType(fields: Fields, depth: number): SchemaType {
  const { type, items, values, properties } = fields;
  if (depth > deepest || typeof type !== 'string') {
    throw new TypeError('no type');
  }
  switch (type) {
    case 'tensor':
      return toTensor(expectFields(fields['tensor-spec']));
    case 'array':
      return { kind: 'array', items: toType(expectFields(items), depth + 1) };
    case 'map':
      return { kind: 'map', values: toType(expectFields(values), depth + 1) };
    case 'object':
      return {
        kind: 'object',
        properties: Object.entries(expectFields(properties)).map(([name, property]) => {
          const inner = expectFields(property);
          const isRequired = inner['required'] !== false;
          return { name, type: toType(inner, depth + 1), isRequired };
        }),
      };
    default:
      return { kind: 'plain', name: type };
  }
}

function toTensor({ dtype, shape }: Fields): SchemaType {
  if (typeof dtype !== 'string' || !Array.isArray(shape)) {
    throw new TypeError('no tensor');
  }
  return { kind: 'tensor', dtype, shape: shape.map(Number) };
}

function expectFields(value: unknown): Fields {
  if (!isFields(value)) {
    throw new TypeError('no object');
  }
  return value;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

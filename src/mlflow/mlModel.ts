import { readSignature, SignatureError, type Signature } from './signature';

/** What an MLmodel file says of a model. */
export interface MlModel {
  readonly flavors: readonly MlFlavor[];
  readonly signature: Signature | undefined;
  /** A part of the signature that cannot be read, such as `inputs`. */
  readonly brokenSignature: string | undefined;
  /** A file of the model; the serving example is how a request for it looks. */
  readonly example: MlExample | undefined;
  readonly environment: MlEnvironment;
  readonly runId: string | undefined;
  /** `m-…` of MLflow 3. */
  readonly modelId: string | undefined;
  /** Where the model was logged: a path below its run, or the whole address of it. */
  readonly artifactPath: string | undefined;
  readonly mlflowVersion: string | undefined;
  /** Bytes. */
  readonly size: number | undefined;
  /** `2024-05-17 10:00:00.000000`, UTC. */
  readonly created: string | undefined;
  /** What people gave with `metadata`, as JSON; absent where they gave none. */
  readonly metadata: string | undefined;
}

/** A way to load the model; `facts` are what the file says of it, in its order. */
export interface MlFlavor {
  readonly name: string;
  readonly facts: readonly { readonly key: string; readonly value: string }[];
}

export interface MlExample {
  /** Relative to the model. */
  readonly path: string;
  /** `dataframe`, `ndarray`, `json_object`, … */
  readonly type: string;
  readonly servingPath: string | undefined;
}

/** Files relative to the model; absent where it has none. */
export interface MlEnvironment {
  readonly python: string | undefined;
  readonly conda: string | undefined;
  readonly pythonVersion: string | undefined;
}

/** The flavor that `mlflow.pyfunc` loads. */
export const pyfuncFlavor = 'python_function';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads what a YAML parser made of an MLmodel file (`mlflow/models/model.py`); `undefined` for what is none. What is of
 * another shape than MLflow writes is taken for absent.
 */
export function readMlModel(parsed: unknown): MlModel | undefined {
  if (!isFields(parsed) || !isFields(parsed['flavors'])) {
    return undefined;
  }
  const flavors = parsed['flavors'];
  const pyfunc = fieldsOf(flavors[pyfuncFlavor]);
  return {
    flavors: Object.entries(flavors).map(([name, facts]) => ({ name, facts: toFacts(facts) })),
    ...toSignature(parsed['signature']),
    example: toExample(parsed['saved_input_example_info']),
    environment: toEnvironment(pyfunc),
    runId: textOf(parsed['run_id']),
    modelId: textOf(parsed['model_id']),
    artifactPath: textOf(parsed['artifact_path']),
    mlflowVersion: textOf(parsed['mlflow_version']),
    size: typeof parsed['model_size_bytes'] === 'number' ? parsed['model_size_bytes'] : undefined,
    created: textOf(parsed['utc_time_created']),
    metadata: isFields(parsed['metadata']) ? jsonOf(parsed['metadata']) : undefined,
  };
}

/** A module of MLflow that loads the model: `pyfunc` where that can, else its own flavor; absent where none is known. */
export function loaderOf({ flavors }: Pick<MlModel, 'flavors'>): string | undefined {
  const names = flavors.map(({ name }) => name);
  return names.includes(pyfuncFlavor)
    ? 'pyfunc'
    : names.find((name) => /^[a-z][a-z0-9_]*$/.test(name));
}

function toSignature(signature: unknown): Pick<MlModel, 'signature' | 'brokenSignature'> {
  try {
    return { signature: readSignature(signature), brokenSignature: undefined };
  } catch (error) {
    if (error instanceof SignatureError) {
      return { signature: undefined, brokenSignature: error.part };
    }
    throw error;
  }
}

function toExample(info: unknown): MlExample | undefined {
  const fields = fieldsOf(info);
  const path = textOf(fields['artifact_path']);
  return path === undefined
    ? undefined
    : {
        path,
        type: textOf(fields['type']) ?? '',
        servingPath: textOf(fields['serving_input_path']),
      };
}

/** Until MLflow 2.0, `env` was the conda file alone. */
function toEnvironment(pyfunc: Fields): MlEnvironment {
  const { env } = pyfunc;
  return {
    python: textOf(fieldsOf(env)['virtualenv']),
    conda: textOf(env) ?? textOf(fieldsOf(env)['conda']),
    pythonVersion: textOf(pyfunc['python_version']),
  };
}

function toFacts(facts: unknown): MlFlavor['facts'] {
  return Object.entries(fieldsOf(facts))
    .filter(([, value]) => value !== null)
    .map(([key, value]) => ({ key, value: textOf(value) ?? jsonOf(value) }));
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function jsonOf(value: unknown): string {
  return JSON.stringify(value) ?? '';
}

function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

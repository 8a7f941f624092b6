import * as z from 'zod/mini';
import { decode, toOptional, wireText } from './decode';

const flag = z.nullish(z.boolean());
const wireServerInfo = z.object({
  store_type: wireText,
  workspaces_enabled: flag,
  artifact_serving_enabled: flag,
});

/** What MLflow 3 says of itself; a server that does not say whether it serves artifacts does so by default. */
export interface ServerFacts {
  readonly storeType: string | undefined;
  readonly workspaces: boolean;
  readonly artifactServing: boolean;
}

/** `api/3.0/mlflow/server-info`. */
export function decodeServerFacts(value: unknown): ServerFacts {
  const wire = decode(wireServerInfo, value);
  return {
    storeType: toOptional(wire.store_type),
    workspaces: wire.workspaces_enabled ?? false,
    artifactServing: wire.artifact_serving_enabled ?? true,
  };
}

import type { Target } from '../target';

/** A registered model, by what names it. */
export interface ModelThing {
  readonly kind: 'model';
  readonly name: string;
}

/** A version of a registered model, by what names it. */
export interface VersionThing {
  readonly kind: 'version';
  readonly name: string;
  readonly version: string;
}

/** The registered model or the version that a target is. */
export function registryThing(target: Target): ModelThing | VersionThing | undefined {
  switch (target.kind) {
    case 'model':
      return { kind: 'model', name: target.name };
    case 'version':
      return { kind: 'version', name: target.name, version: target.version };
    default:
      return undefined;
  }
}

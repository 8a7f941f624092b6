import type { RegistryState } from '../../../../src/mlflow/registry/registryState';
import { stages } from '../../../../src/mlflow/registry/stages';

/** Every way in which three versions can stand, with one alias on any of them or on none. */
export function everyState(alias: string): readonly RegistryState[] {
  const states: RegistryState[] = [];
  for (const one of stages) {
    for (const two of stages) {
      for (const three of stages) {
        for (const holder of [undefined, '1', '2', '3']) {
          states.push({
            stages: new Map([
              ['1', one],
              ['2', two],
              ['3', three],
            ]),
            aliases: new Map(holder === undefined ? [] : [[alias, holder]]),
          });
        }
      }
    }
  }
  return states;
}

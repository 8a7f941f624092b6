import type { SoughtRun } from './findRun';
import type { WantedRun } from './projectRuns';
import { sourcesOf, userNames } from './soughtSource';

/** What is known beforehand of the run of a launch; a cluster, where it is not here, has users and folders of its own. */
export async function soughtRun(
  { command, connection, changing }: WantedRun,
  entryPoint: string,
  since: number,
  isHere: boolean,
): Promise<SoughtRun> {
  // Databricks knows users by their addresses.
  const isNamed = isHere && !/^databricks\b/.test(connection ?? '');
  return {
    ...{ experimentId: command.experimentId, since, entryPoint },
    parameters: command.parameters.filter(([name]) => !changing.has(name)),
    users: isNamed ? userNames(command.environment) : undefined,
    sources: isHere ? await sourcesOf(command) : undefined,
  };
}

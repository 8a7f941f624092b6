import type { RegisteredModel } from '../model';

/**
 * The versions of a model that are in production: the newest in that stage, and the one with the alias for it.
 *
 * @param alias the one that stands for production
 */
export function inProduction(
  { latestVersions, aliases }: Pick<RegisteredModel, 'latestVersions' | 'aliases'>,
  alias: string,
): readonly string[] {
  const inStage = latestVersions.filter(({ stage }) => stage === 'Production');
  const byAlias = aliases.filter((one) => one.alias === alias);
  return [...new Set([...inStage, ...byAlias].map(({ version }) => version))];
}

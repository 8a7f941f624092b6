import { hasStages, versionsIn, type RegistryState, type RegistryStep } from './registryState';

/** `mlflow.promote.mode`. */
export type PromoteMode = 'auto' | 'stage' | 'alias';
/** `mlflow.promote.archiveExisting`. */
export type ArchiveExisting = 'ask' | 'always' | 'never';

export interface PromotionSettings {
  readonly mode: PromoteMode;
  /** Stands for production where stages do not exist. */
  readonly alias: string;
  readonly archiveExisting: ArchiveExisting;
}

/** One way to bring a version into production. */
export interface PromotionWay {
  /** Into the stage Production. */
  readonly stage: boolean;
  /** Whoever is in that stage goes to Archived. */
  readonly archive: boolean;
  /** The alias that comes to the version; none where the alias stays as it is. */
  readonly alias: string | undefined;
}

/** What promoting a version is about. */
export interface Promotion {
  readonly version: string;
  /** Other versions in the stage Production, newest first. */
  readonly holders: readonly string[];
  /** The version that the alias of production points at now. */
  readonly aliasHolder: string | undefined;
  /** What there is to choose from, the most likely first; none where the version is in production already. */
  readonly ways: readonly PromotionWay[];
  /** Whether it takes a person to choose. */
  readonly asks: boolean;
}

/** Who is in production, and in which ways a version can come there. */
export function promotionOf(
  state: RegistryState,
  version: string,
  { mode, alias, archiveExisting }: PromotionSettings,
): Promotion {
  const all = versionsIn(state, 'Production');
  const holders = all.filter((each) => each !== version);
  const aliasHolder = state.aliases.get(alias);
  const byStage = mode === 'stage' || (mode === 'auto' && hasStages(state));
  const isThere = all.includes(version);
  const stageWays = byStage ? waysByStage(holders, isThere, archiveExisting) : [];
  // Where somebody uses the alias beside the stage, the two go together.
  const together =
    mode === 'auto' && aliasHolder !== undefined && aliasHolder !== version
      ? stageWays.slice(0, 1).map((way) => ({ ...way, alias }))
      : [];
  const aliasWays =
    mode !== 'stage' && aliasHolder !== version ? [{ stage: false, archive: false, alias }] : [];
  const ways = [...together, ...stageWays, ...aliasWays];
  const hasChoice = ways.length > 1 && (archiveExisting === 'ask' || together.length > 0);
  const asks = hasChoice || (archiveExisting === 'ask' && ways.some(({ archive }) => archive));
  return { version, holders, aliasHolder, ways, asks };
}

function waysByStage(
  holders: readonly string[],
  isThere: boolean,
  archiveExisting: ArchiveExisting,
): readonly PromotionWay[] {
  const way = (archive: boolean): PromotionWay => ({ stage: true, archive, alias: undefined });
  if (holders.length === 0) {
    return isThere ? [] : [way(false)];
  }
  switch (archiveExisting) {
    case 'always':
      return [way(true)];
    case 'never':
      return isThere ? [] : [way(false)];
    case 'ask':
      return isThere ? [way(true)] : [way(true), way(false)];
  }
}

/** The steps of a way, the stage first: should the alias fail, that alone is to be taken back. */
export function promotionSteps(version: string, way: PromotionWay): readonly RegistryStep[] {
  return [
    ...(way.stage
      ? [{ kind: 'stage', version, stage: 'Production', archiveOthers: way.archive } as const]
      : []),
    ...(way.alias === undefined ? [] : [{ kind: 'setAlias', alias: way.alias, version } as const]),
  ];
}

/** Whether two looks at a model tell a person the same of who is in production. */
export function sameQuestion(one: Promotion, other: Promotion): boolean {
  return (
    one.aliasHolder === other.aliasHolder &&
    one.holders.join() === other.holders.join() &&
    one.ways.length === other.ways.length
  );
}

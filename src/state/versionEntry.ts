import type { LoggedModel, ModelVersion, RegisteredModel, Run } from '../mlflow/model';
import { textHash } from '../mlflow/textHash';
import type { ComparedStanding } from './comparedRuns';
import type { Reading } from './runSurroundings';

/** A version of a registered model by where it is. */
export interface VersionPlace {
  /** Id of its session. */
  readonly connection: string;
  readonly name: string;
  readonly version: string;
}

/** The run that a version was made from. */
export interface SourceRun {
  readonly run: Run;
  /** The id where the name is not known. */
  readonly experimentName: string;
}

/** A version as it was last read, with what stands around it. */
export interface VersionEntry {
  readonly key: string;
  readonly place: VersionPlace;
  /** Absent before anything was read. */
  readonly version: ModelVersion | undefined;
  readonly standing: ComparedStanding;
  /** What it is a version of; loading for good where nobody asked for it. */
  readonly model: Reading<RegisteredModel>;
  /** Milliseconds since 1970; absent before the server was asked. */
  readonly readAt: number | undefined;
  /** `undefined` where the version names none. */
  readonly run: Reading<SourceRun | undefined>;
  /** `undefined` where the version names none, or the server has none. */
  readonly logged: Reading<LoggedModel | undefined>;
  /** The bytes of its `MLmodel`. */
  readonly file: Reading<Uint8Array<ArrayBuffer>>;
}

/** Tells a version from those of other connections, too; the same for ever. */
export function versionKey({ connection, name, version }: VersionPlace): string {
  return `${version}.${textHash(`${connection}\n${name}`).toString(36)}`;
}

/** The first of each version, in their order. */
export function distinctVersions(places: readonly VersionPlace[]): readonly VersionPlace[] {
  return [...new Map(places.map((place) => [versionKey(place), place])).values()];
}

/** The versions as the view lists them: those of one model together, newest first; models in the order they come in. */
export function newestFirst(places: readonly VersionPlace[]): readonly VersionPlace[] {
  const model = ({ connection, name }: VersionPlace): string => `${connection}\n${name}`;
  const models = [...new Set(places.map(model))];
  return models.flatMap((one) =>
    places
      .filter((place) => model(place) === one)
      .toSorted((a, b) => Number(b.version) - Number(a.version)),
  );
}

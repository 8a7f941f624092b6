import type { ArtifactPlace } from './model';

/** A file or folder of artifacts by where it is, with what people call it. */
export interface WantedArtifact {
  /** Id of its session. */
  readonly connection: string;
  readonly place: ArtifactPlace;
  /** What its owner is called. */
  readonly ownerName: string;
  readonly isDirectory: boolean;
  /** Bytes, where they are known. */
  readonly size: number | undefined;
}

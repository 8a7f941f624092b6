/** What goes to a run, and where there. */
export interface WantedUpload {
  /** Id of its session. */
  readonly connection: string;
  readonly runId: string;
  readonly runName: string;
  /** Folder of artifacts, with `/`; empty for the root. */
  readonly folder: string;
  /** Files and folders of this machine, absolute. */
  readonly chosen: readonly string[];
}

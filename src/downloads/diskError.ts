import { MlflowError } from '../mlflow/errors';

/** Why nothing could be written; nothing of it concerns the server. */
export type DiskProblem =
  /** The disk, or the quota, is full. */
  | 'full'
  /** The chosen folder is gone. */
  | 'gone'
  /** The system does not let this user write. */
  | 'denied'
  /** Something of that name is there already. */
  | 'exists'
  /** A link, or something else that is no folder, is where a folder belongs. */
  | 'link'
  /** A folder is where a file belongs. */
  | 'folder'
  /** The system takes no name as long as this. */
  | 'tooLong'
  /** Other bytes than were sent are there: something else writes to the file. */
  | 'changed'
  /** This window is writing it already. */
  | 'busy'
  | 'other';

/** Something about the disk that a file goes to. */
export class DiskError extends Error {
  override readonly name = 'DiskError';

  constructor(
    readonly problem: DiskProblem,
    readonly path: string,
    cause?: unknown,
  ) {
    super(`${problem}: ${path}${cause === undefined ? '' : ` (${messageOf(cause)})`}`, { cause });
  }

  /** Whether every other file would fail alike. */
  get isFinal(): boolean {
    return this.problem === 'full' || this.problem === 'gone';
  }
}

const problems: Readonly<Record<string, DiskProblem>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EACCES: 'denied',
  EPERM: 'denied',
  EROFS: 'denied',
  EEXIST: 'exists',
  ELOOP: 'link',
  ENOTDIR: 'link',
  EISDIR: 'folder',
  ENAMETOOLONG: 'tooLong',
};

/** What the system says, or what an error that crossed a thread says it did; `undefined` for any other failure. */
export function toDiskError(error: unknown, path: string): DiskError | undefined {
  if (error instanceof DiskError) {
    return error;
  }
  const code = codeOf(error);
  return code === undefined ? undefined : new DiskError(problems[code] ?? 'other', path, error);
}

/** Of an error of `node:fs`, e.g. `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  if (error instanceof MlflowError) {
    return error.reason === 'disk' ? error.detail.serverMessage : undefined;
  }
  if (!(error instanceof Error)) {
    return undefined;
  }
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code)
    ? code
    : /^(E[A-Z0-9]{2,}): /.exec(error.message)?.[1];
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : JSON.stringify(cause);
}

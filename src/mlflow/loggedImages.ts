import type { Artifact } from './model';
import { compareSteps } from './series/compareSteps';

/** Where `log_image` of MLflow puts pictures. */
export const imagesFolder = 'images';

/** What the name of a file says that `log_image` wrote. */
export interface ImageName {
  readonly key: string;
  /** Decimal text, since Python's integers have no bounds. */
  readonly step: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  /** Tells pictures apart that have all else in common. */
  readonly id: string;
  /** Whether it is the smaller copy. */
  readonly isThumbnail: boolean;
}

/** A picture that `log_image` wrote, with its smaller copy. */
export interface LoggedImage {
  readonly key: string;
  /** Decimal text. */
  readonly step: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  /** Of the whole picture; of the smaller one where there is no other. */
  readonly path: string;
  /** Of the smaller one. */
  readonly thumbnail: string | undefined;
}

const name =
  /^(.+)([+%])step\2(-?\d{1,40})\2timestamp\2(\d{1,16})\2([^+%/]+?)(\2compressed)?\.[a-z]{3,4}$/;

/**
 * Reads `<key>+step+<n>+timestamp+<t>+<id>[+compressed].<type>`; MLflow 2 writes `%` for `+`. A `/` of the key is `~`, and
 * was `#` before: neither can be part of a key otherwise (`log_image` in MLflow's `tracking/client.py`).
 */
export function parseImageName(path: string): ImageName | undefined {
  const [, key, , step, timestamp, id, compressed] =
    name.exec(path.slice(path.lastIndexOf('/') + 1)) ?? [];
  return key === undefined || step === undefined || id === undefined
    ? undefined
    : {
        key: key.replace(/[~#]/g, '/'),
        step: String(BigInt(step)),
        timestamp: Number(timestamp),
        id,
        isThumbnail: compressed !== undefined,
      };
}

/** The pictures among the files of the folder, by key, step and time; other files are passed over. */
export function loggedImages(files: readonly Artifact[]): readonly LoggedImage[] {
  const found = new Map<string, LoggedImage>();
  addImages(found, files);
  return [...found.values()].sort(compareImages);
}

/** Puts the pictures among some files to those that were found before. */
export function addImages(found: Map<string, LoggedImage>, files: readonly Artifact[]): void {
  for (const { path, isDirectory } of files) {
    const parsed = isDirectory ? undefined : parseImageName(path);
    if (parsed !== undefined) {
      const { key, step, timestamp, id, isThumbnail } = parsed;
      const place = [key, step, timestamp, id].join('\n');
      const before = found.get(place);
      const image = before ?? { key, step, timestamp, path, thumbnail: undefined };
      found.set(place, isThumbnail ? { ...image, thumbnail: path } : { ...image, path });
    }
  }
}

/** By key, step and time. */
export function compareImages(a: LoggedImage, b: LoggedImage): number {
  return compareKeys(a.key, b.key) || compareSteps(a.step, b.step) || a.timestamp - b.timestamp;
}

function compareKeys(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

import { parsePage, type Reference } from '../mlflow/runReference';

/** A place in a line of a terminal that names a run or an experiment. */
export interface NamedPlace {
  /** Counted in UTF-16 code units. */
  readonly startIndex: number;
  readonly length: number;
  readonly reference: Reference;
}

const announcement = /View (?:run|experiment) /g;
const beforeAddress = ' at: ';
const address = /^https?:\/\/[^\s"'<>`]+/i;
/** More is no address that MLflow prints. */
const longestAddress = 2000;

/**
 * Finds what MLflow's client prints when a run ends, such as
 * `View run NAME at: http://host/#/experiments/0/runs/<id>`. A name may hold anything, so the last
 * address of an announcement is the one that counts. Takes time in proportion to the line.
 */
export function namedIn(line: string): readonly NamedPlace[] {
  const starts = [...line.matchAll(announcement)].map(({ index }) => index);
  return starts.flatMap((start, position) => {
    const text = line.slice(start, starts[position + 1]);
    const at = text.lastIndexOf(`${beforeAddress}http`);
    const from = at + beforeAddress.length;
    const found = at < 0 ? null : address.exec(text.slice(from, from + longestAddress));
    const reference = found === null ? undefined : parsePage(found[0]);
    return found === null || reference === undefined || !text.startsWith(`View ${reference.kind} `)
      ? []
      : [{ startIndex: start, length: from + found[0].length, reference }];
  });
}

import * as l10n from '@vscode/l10n';

import { reasonOf } from '../kit/announce';

/** Charts whose metrics begin alike. */
export interface Section {
  /** What the metrics begin with, up to the last slash; empty where there is none. */
  readonly prefix: string;
  readonly metrics: readonly string[];
}

/** The beginning of a metric's key up to and with the last slash, or nothing. */
export function prefixOf(metric: string): string {
  return metric.slice(0, metric.lastIndexOf('/') + 1);
}

const natural = new Intl.Collator('en', { numeric: true });

/** Sorts metrics into sections. `moved` are those that a person has moved, in their order; the others follow by name. */
export function sectionsOf(metrics: Iterable<string>, moved: readonly string[]): Section[] {
  const places = new Map(moved.map((metric, place) => [metric, place]));
  const sections = new Map<string, string[]>();
  for (const metric of metrics) {
    const prefix = prefixOf(metric);
    const section = sections.get(prefix);
    if (section === undefined) sections.set(prefix, [metric]);
    else section.push(metric);
  }
  const place = (metric: string): number => places.get(metric) ?? Infinity;
  const inOrder = (one: string, other: string): number =>
    place(one) === place(other) ? natural.compare(one, other) : place(one) - place(other);
  return [...sections]
    .sort(([one], [other]) => natural.compare(one, other))
    .map(([prefix, list]) => ({ prefix, metrics: list.sort(inOrder) }));
}

/** The metrics to remember as moved once `metric` stands at `place` of its section. */
export function movedTo(
  section: Section,
  metric: string,
  place: number,
  moved: readonly string[],
): string[] {
  const order = section.metrics.filter((other) => other !== metric);
  order.splice(place, 0, metric);
  const known = new Set(moved);
  const last = order.findLastIndex((other) => known.has(other) || other === metric);
  const end = Math.max(last + 1, section.metrics.indexOf(metric) + 1);
  const here = new Set(section.metrics);
  return [...moved.filter((other) => !here.has(other)), ...order.slice(0, end)];
}

/** What somebody searches charts with: a test of keys, or why it is none. */
export type ChartSearch =
  | { readonly matches: (metric: string) => boolean; readonly mistake: undefined }
  | { readonly matches: undefined; readonly mistake: string };

/** A text that keys contain, in whatever case, or a regular expression between slashes. */
export function chartSearch(text: string): ChartSearch {
  const [, pattern] = /^\/(.+)\/$/s.exec(text.trim()) ?? [];
  if (pattern === undefined) {
    const wanted = text.trim().toLowerCase();
    return { matches: (metric) => metric.toLowerCase().includes(wanted), mistake: undefined };
  }
  try {
    const expression = new RegExp(pattern, 'iu');
    return { matches: (metric) => expression.test(metric), mistake: undefined };
  } catch (error) {
    const mistake = l10n.t('This is no regular expression: {0}', reasonOf(error));
    return { matches: undefined, mistake };
  }
}

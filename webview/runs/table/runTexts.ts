import { formatAge, formatDuration } from '../../../src/mlflow/format';
import { lastResult } from '../../kit/lastResult';

const ages = lastResult(
  (locale: string) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' }),
);
const dates = lastResult(
  (locale: string) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }),
);

/** How long ago it was. */
export function ageText(time: number, now: number, locale: string): string {
  return formatAge(time, now, ages(locale));
}

/** Day and time of day; a number where no calendar reaches it. */
export function dateText(time: number, locale: string): string {
  return Number.isNaN(new Date(time).getTime()) ? String(time) : dates(locale).format(time);
}

export function durationText(milliseconds: number): string {
  return formatDuration(milliseconds);
}

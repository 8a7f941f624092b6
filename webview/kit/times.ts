import { formatAge } from '../../src/mlflow/format';

/** A point in time, absolute, in the language of the editor; empty for what is none. */
export function dateText(time: number | undefined): string {
  if (time === undefined || !Number.isFinite(time) || Math.abs(time) > 8.64e15) return '';
  return new Intl.DateTimeFormat(document.documentElement.lang || 'en', {
    dateStyle: 'medium',
    timeStyle: 'long',
  }).format(time);
}

/** How long ago a point in time is, in words. */
export function ageText(time: number): string {
  const language = document.documentElement.lang || 'en';
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  return formatAge(time, Date.now(), format);
}

import * as vscode from 'vscode';

import { formatAge } from '../mlflow/format';

let ages: Intl.RelativeTimeFormat | undefined;

/** How long ago; the formatter is made when first needed, since that takes longer than activating. */
export function age(time: number): string {
  ages ??= new Intl.RelativeTimeFormat(vscode.env.language, { numeric: 'auto', style: 'narrow' });
  return formatAge(time, Date.now(), ages);
}

/** The time of day, in the user's language. */
export function clock(time: number): string {
  return new Date(time).toLocaleTimeString(vscode.env.language, { timeStyle: 'short' });
}

/** A point in time, absolute, in the user's language; `undefined` for what is none. */
export function dateText(time: number | undefined): string | undefined {
  return localText(time, { dateStyle: 'medium', timeStyle: 'medium' });
}

/** The same to the minute, for where there is little room. */
export function shortDateText(time: number | undefined): string | undefined {
  return localText(time, { dateStyle: 'short', timeStyle: 'short' });
}

function localText(
  time: number | undefined,
  style: Intl.DateTimeFormatOptions,
): string | undefined {
  return time === undefined || !Number.isFinite(time) || Math.abs(time) > 8.64e15
    ? undefined
    : new Date(time).toLocaleString(vscode.env.language, style);
}

import type { PythonValue } from './pythonValue';

const pattern =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(Z|([-+])(\d\d?)(?::(\d\d))?))?)?$/;

/** A date or time as PyYAML reads it and Python prints it; undefined for another text. */
export function timestampValue(text: string): PythonValue | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part: string | undefined) => Number(part ?? 0));
  const wrong = findWrong(year, month, day, hour, minute, second);
  if (wrong !== undefined) return { type: 'error', error: 'ValueError', words: wrong };
  const date = `${match[1]}-${pad(month)}-${pad(day)}`;
  if (match[4] === undefined) return { type: 'datetime.date', text: date };
  const fraction = (match[7] ?? '').slice(0, 6).padEnd(6, '0');
  const zone = readZone(match[8], match[9], Number(match[10] ?? 0), Number(match[11] ?? 0));
  if (zone === undefined) {
    const words = 'offset must be a timedelta strictly between -24 and 24 hours';
    return { type: 'error', error: 'ValueError', words };
  }
  const time = `${pad(hour)}:${pad(minute)}:${pad(second)}`;
  const rest = fraction === '000000' ? '' : `.${fraction}`;
  return { type: 'datetime.datetime', text: `${date} ${time}${rest}${zone}` };
}

function readZone(
  zone: string | undefined,
  sign: string | undefined,
  hours: number,
  minutes: number,
): string | undefined {
  if (zone === undefined) return '';
  if (sign === undefined) return '+00:00';
  const total = hours * 60 + minutes;
  if (total >= 24 * 60) return undefined;
  const shownSign = total === 0 ? '+' : sign;
  return `${shownSign}${pad(Math.floor(total / 60))}:${pad(total % 60)}`;
}

function findWrong(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): string | undefined {
  if (year < 1) return `year ${year} is out of range`;
  if (month < 1 || month > 12) return 'month must be in 1..12';
  if (day < 1 || day > daysIn(year, month)) return 'day is out of range for month';
  if (hour > 23) return 'hour must be in 0..23';
  if (minute > 59) return 'minute must be in 0..59';
  return second > 59 ? 'second must be in 0..59' : undefined;
}

function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

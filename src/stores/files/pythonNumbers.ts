import type { Step } from '../../mlflow/model';

const integer = /^[+-]?\d+(?:_\d+)*$/;
const decimal =
  /^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/i;
const special = /^([+-]?)(?:(inf(?:inity)?)|nan)$/i;

/** Reads what Python's `int()` takes; `undefined` for anything else and beyond 64 bits. */
export function readPythonInt(text: string): Step | undefined {
  if (!integer.test(text)) {
    return undefined;
  }
  const exact = BigInt(text.replace(/^\+|_/g, ''));
  const short = Number(exact);
  if (Number.isSafeInteger(short)) {
    return short;
  }
  return BigInt.asIntN(64, exact) === exact ? exact : undefined;
}

/** Reads what Python's `float()` takes, to the same bits; `undefined` for anything else. */
export function readPythonFloat(text: string): number | undefined {
  if (decimal.test(text)) {
    return Number(text.replaceAll('_', ''));
  }
  const match = special.exec(text);
  if (match === null) {
    return undefined;
  }
  const [, sign, infinity] = match;
  return infinity === undefined ? NaN : sign === '-' ? -Infinity : Infinity;
}

import type { PythonValue } from '../python/pythonValue';

/** What Python says when something that is no mapping, or no text, is treated as one. */
export function noAttribute({ type }: Pick<PythonValue, 'type'>, attribute: string): string {
  return `AttributeError: '${type}' object has no attribute '${attribute}'`;
}

/** `if value:` in Python; the size of collections is for the caller to say. */
export function isTruthy(value: PythonValue, isEmpty: boolean): boolean {
  switch (value.type) {
    case 'NoneType':
    case 'error':
      return false;
    case 'str':
      return value.text !== '';
    case 'bool':
      return value.value;
    case 'int':
      return value.value !== 0n;
    case 'float':
      return value.value !== 0;
    case 'dict':
    case 'list':
    case 'set':
    case 'bytes':
      return !isEmpty;
    default:
      return true;
  }
}

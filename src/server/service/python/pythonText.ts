import type { PythonValue } from './pythonValue';

/** What `str(value)` is in Python, which is what a command gets; undefined where that is not known here. */
export function pythonText(value: PythonValue): string | undefined {
  switch (value.type) {
    case 'str':
    case 'datetime.date':
    case 'datetime.datetime':
      return value.text;
    case 'int':
      return value.value.toString();
    case 'bool':
      return value.value ? 'True' : 'False';
    case 'float':
      return floatText(value.value);
    case 'NoneType':
      return 'None';
    default:
      return undefined;
  }
}

/** `repr` of a Python float: the same digits as in JavaScript, with other bounds for exponents. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0.0';
  if (value === 0) return '0.0';
  const size = Math.abs(value);
  if (size >= 1e-4 && size < 1e16) {
    const digits = value.toString();
    if (digits.includes('e')) return plainDigits(digits);
    return digits.includes('.') ? digits : `${digits}.0`;
  }
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  const sign = exponent.startsWith('-') ? '-' : '+';
  return `${mantissa}e${sign}${exponent.replace(/^[-+]/, '').padStart(2, '0')}`;
}

/** `1e-7` cannot come here: JavaScript uses exponents below 1e-6, and from 1e21 on. */
function plainDigits(digits: string): string {
  return Number(digits).toFixed(20).replace(/0+$/, '');
}

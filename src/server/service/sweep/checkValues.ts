import * as l10n from '@vscode/l10n';
import type { ParameterModel } from '../project/projectModel';
import type { ProjectFiles } from '../projectFiles';
import { plainValue, type PythonValue } from '../python/pythonValue';
import { pythonFloat, pythonInt } from './pythonNumber';
import type { SweepParameter, SweepValue } from './sweepModel';
import type { SweepProblem } from './sweepProblem';

/** What YAML reads otherwise than it looks. A run is given the text as it is written; other programs may not be. */
export function checkReadings(values: readonly SweepValue[]): SweepProblem[] {
  return values.flatMap(({ text, span, isPlain }): SweepProblem[] => {
    const found = isPlain ? oddReading(text) : undefined;
    if (found === undefined) return [];
    const fixes = [{ title: l10n.t('Put it in quotes'), edits: [{ span, newText: `"${text}"` }] }];
    return [{ code: 'sweep-reading', span, fixes, ...found }];
  });
}

function oddReading(text: string): Pick<SweepProblem, 'severity' | 'message'> | undefined {
  const value = plainValue(text);
  if (value.type === 'NoneType') {
    return {
      severity: 'warning',
      message: l10n.t('This is no value; the run gets the text "{0}".', text),
    };
  }
  if (isReadOtherwise(text, value)) {
    const message = l10n.t(
      'YAML reads {0} as {1}; the run gets it as it is written.',
      text,
      String(value.value),
    );
    return { severity: 'information', message };
  }
  if (value.type === 'str' && pythonFloat(text) !== undefined && /\d/.test(text)) {
    return {
      severity: 'hint',
      message: l10n.t(
        'YAML reads {0} as a text, not as a number; the run gets it as it is written.',
        text,
      ),
    };
  }
  return undefined;
}

/** `yes` is true, and `010` is 8; what is written in hexadecimal digits is hardly a surprise. */
function isReadOtherwise(
  text: string,
  value: PythonValue,
): value is Extract<PythonValue, { type: 'bool' | 'int' }> {
  if (value.type === 'bool') return !/^(true|false)$/i.test(text);
  return value.type === 'int' && pythonInt(text) !== value.value && !/^[-+]?0[xb]/.test(text);
}

/** Values that do not fit the type of their parameter; MLflow itself refuses only those of `path` and `uri`. */
export async function checkTypes(
  { domain, nameSpan }: SweepParameter,
  { name, type }: ParameterModel,
  files: ProjectFiles,
): Promise<SweepProblem[]> {
  if (domain.kind === 'values') {
    const found = await Promise.all(
      domain.values.slice(0, most).map((value) => checkType(value, name, type, files)),
    );
    return found.flatMap((problem) => problem ?? []);
  }
  const isWhole =
    domain.kind === 'range' &&
    (domain.distribution === 'int_uniform' || Number.isInteger(domain.step ?? 0.5));
  if (type === 'int' && domain.kind !== 'unknown' && !isWhole) {
    const message = l10n.t(
      '{0} is a whole number, and {1} draws others.',
      name,
      domain.distribution,
    );
    return [{ code: 'sweep-type', severity: 'warning', span: nameSpan, message }];
  }
  if (type === 'path' || type === 'uri') {
    const message = l10n.t('{0} is of the type {1}, and numbers do not fit.', name, type);
    return [{ code: 'sweep-type', severity: 'warning', span: nameSpan, message }];
  }
  return [];
}

/** Values of one parameter that are looked at; each may be a file to ask for. */
const most = 1000;

async function checkType(
  { text, span }: SweepValue,
  name: string,
  type: string | undefined,
  files: ProjectFiles,
): Promise<SweepProblem | undefined> {
  const fail = (severity: 'error' | 'warning', message: string): SweepProblem => ({
    code: 'sweep-type',
    severity,
    span,
    message,
  });
  const hasScheme = /^[a-z][a-z\d+.-]*:/i.test(text);
  if (type === 'int' && pythonInt(text) === undefined) {
    return fail('warning', l10n.t('{0} is no whole number, which {1} is.', text, name));
  }
  if (type === 'float' && pythonFloat(text) === undefined) {
    return fail('warning', l10n.t('{0} is no number, which {1} is.', text, name));
  }
  if (type === 'uri' && !hasScheme) {
    return fail('error', l10n.t('Expected URI for parameter {0} but got {1}', name, text));
  }
  if (type === 'path' && !hasScheme && (await files.kindOf(text)) === 'missing') {
    return fail(
      'error',
      l10n.t(
        'Got value {0} for parameter {1}, but no such file or directory was found.',
        text,
        name,
      ),
    );
  }
  return undefined;
}

import * as l10n from '@vscode/l10n';
import type { TextDocument } from 'vscode-languageserver-textdocument';

import { pythonValue } from '../python/pythonValue';
import type { YamlEntry } from '../yaml/yamlTree';
import type { EnvironmentProblem } from './environmentProblem';
import { typeName } from './sharedChecks';

const version = /^\d+(\.\d+){0,2}$/;
const exactVersion = /^\d+\.\d+\.\d+$/;

/** The value of `python`: a text with a version, or nothing. */
export function checkPythonVersion(
  { value }: YamlEntry,
  document: TextDocument,
): readonly EnvironmentProblem[] {
  const { span } = value;
  const python = pythonValue(value);
  const written = document.getText().slice(span.start, span.end);
  if (python.type === 'NoneType') {
    const message = l10n.t(
      'Without a version, the environment gets the Python version that MLflow itself runs on.',
    );
    return [{ code: 'env-python-version', severity: 'hint', span, message }];
  }
  if (python.type !== 'str') {
    const message = l10n.t(
      "`python` must be a string but got <class '{0}'>. Put the version in quotes.",
      typeName(value),
    );
    const isPlain = value.kind === 'scalar' && value.tag === undefined && /^[\w.]+$/.test(written);
    const fix = {
      title: l10n.t('Put {0} in quotes', written),
      edits: [{ span, newText: `"${written}"` }],
    };
    return [
      { code: 'env-python-number', severity: 'error', span, message, fixes: isPlain ? [fix] : [] },
    ];
  }
  if (python.text !== '' && !version.test(python.text)) {
    const message = l10n.t(
      'Could not find python version that matches {0}: virtualenv takes a version such as 3.11.9 only.',
      python.text,
    );
    return [{ code: 'env-python-version', severity: 'warning', span, message }];
  }
  if (!exactVersion.test(python.text)) {
    const message = l10n.t(
      'Not a full version: the environment gets the newest Python {0} there is when it is made.',
      python.text,
    );
    return [{ code: 'env-python-version', severity: 'hint', span, message }];
  }
  return [];
}

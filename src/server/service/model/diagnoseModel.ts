import * as l10n from '@vscode/l10n';
import type { TextDocument } from 'vscode-languageserver-textdocument';

import type { Problem } from '../problem';
import { yamlOf } from '../projectDocument';
import { rootMap } from '../rootKeys';
import { unreadable } from '../unreadable';
import { describeSignature } from './describeSignature';
import { modelPlaces } from './modelPlaces';

/** What can be wrong with MLmodel; codes stay the same over releases. */
export type ModelCode =
  /** The text is no YAML. */
  | 'model-yaml'
  /** A value that MLflow does not read, such as one with a tag that would make a Python object. */
  | 'model-value'
  /** A text that is too long to be checked. */
  | 'model-too-large'
  /** A part of the signature that is no JSON. */
  | 'model-signature';

const unreadableCodes = {
  syntax: 'model-yaml',
  value: 'model-value',
  size: 'model-too-large',
} as const;

/** A file that MLflow writes is rarely wrong; one that was edited, or made to do harm, may be. */
export function diagnoseModel(document: TextDocument): readonly Problem<ModelCode>[] {
  const found = unreadable(yamlOf(document));
  if (found !== undefined) {
    const { kind, span, message } = found;
    const severity = kind === 'size' ? 'information' : 'error';
    return [{ code: unreadableCodes[kind], severity, span, message }];
  }
  return modelPlaces(rootMap(document)).flatMap(({ path: [first, part = ''], entry }) => {
    const { value } = entry;
    const isPart = first === 'signature' && ['inputs', 'outputs', 'params'].includes(part);
    if (!isPart || value.kind !== 'scalar' || /^(?:null|~|)$/i.test(value.text)) {
      return [];
    }
    const message = l10n.t('No list in JSON, so that MLflow does not load the model.');
    return describeSignature(value.text) === undefined
      ? [{ code: 'model-signature', severity: 'error', span: value.span, message } as const]
      : [];
  });
}

import * as l10n from '@vscode/l10n';
import type { TextDocument } from 'vscode-languageserver-textdocument';

import type { Problem } from '../problem';
import { yamlOf } from '../projectDocument';
import { rootMap } from '../rootKeys';
import { describeSignature } from './describeSignature';
import { modelPlaces } from './modelPlaces';

/** What can be wrong with MLmodel; codes stay the same over releases. */
export type ModelCode =
  /** The text is no YAML, or YAML that MLflow does not read, such as tags that make Python objects. */
  | 'model-yaml'
  /** A part of the signature that is no JSON. */
  | 'model-signature';

/** A file that MLflow writes is rarely wrong; one that was edited, or made to do harm, may be. */
export function diagnoseModel(document: TextDocument): readonly Problem<ModelCode>[] {
  const { problem } = yamlOf(document);
  if (problem !== undefined) {
    const { span, words } = problem;
    return [{ code: 'model-yaml', severity: 'error', span, message: words }];
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

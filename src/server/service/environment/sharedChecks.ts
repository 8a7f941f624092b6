import * as l10n from '@vscode/l10n';
import type { TextDocument } from 'vscode-languageserver-textdocument';

import { yamlOf } from '../projectDocument';
import { pythonValue } from '../python/pythonValue';
import { unreadable } from '../unreadable';
import { dictEntries } from '../yaml/dictEntries';
import type { YamlDocument } from '../yaml/yamlDocument';
import { resolveAlias, type YamlMap, type YamlNode } from '../yaml/yamlTree';
import type { EnvironmentProblem } from './environmentProblem';

const unreadableCodes = { syntax: 'env-yaml', value: 'env-value', size: 'env-too-large' } as const;

/** The mapping that a file is to be, or why it is not looked through any further. */
export function readRoot(
  document: TextDocument,
  otherRoot: string,
): { readonly root: YamlMap } | { readonly problem: EnvironmentProblem } {
  const yaml = yamlOf(document);
  const problem = unreadableProblem(yaml);
  if (problem !== undefined) {
    return { problem };
  }
  const root = yaml.root && resolveAlias(yaml.root);
  return root?.kind === 'map' ? { root } : { problem: rootProblem(yaml, otherRoot) };
}

function unreadableProblem(yaml: YamlDocument): EnvironmentProblem | undefined {
  const found = unreadable(yaml);
  if (found === undefined) {
    return undefined;
  }
  const { kind, span, message } = found;
  const severity = kind === 'size' ? 'information' : 'error';
  return { code: unreadableCodes[kind], severity, span, message };
}

/** Shown on the first line. */
function rootProblem({ text, root }: YamlDocument, message: string): EnvironmentProblem {
  const start = root?.span.start ?? 0;
  const line = text.slice(start).search(/[\r\n]|$/);
  const end = Math.min(root?.span.end ?? start + line, start + line);
  return { code: 'env-shape', severity: 'error', span: { start, end }, message };
}

export function duplicateKeys(map: YamlMap): EnvironmentProblem[] {
  return dictEntries(map).overwritten.map(({ key }) => ({
    code: 'env-duplicate-key',
    severity: 'warning',
    span: key.span,
    message: l10n.t('This key is there twice; only the last one counts.'),
  }));
}

/** As Python's `type` prints it. */
export function typeName(node: YamlNode): string {
  return pythonValue(node).type;
}

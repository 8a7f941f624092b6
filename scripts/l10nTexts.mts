import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** One entry of an English `l10n/bundle.l10n.json`: the text, or the text with hints for translators. */
export type BundleEntry =
  string | { readonly message: string; readonly comment: readonly string[] };

/** The key under which VS Code looks a text up: the text, then `/` and its comments where it has any. */
function keyOf(message: string, comment: readonly string[]): string {
  return comment.length === 0 ? message : `${message}/${comment.join('')}`;
}

function isTranslation(node: ts.Node): node is ts.CallExpression {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const { expression: owner, name } = node.expression;
  const ownerName = ts.isPropertyAccessExpression(owner) ? owner.name.text : owner.getText();
  return name.text === 't' && ownerName === 'l10n';
}

function literalsOf(node: ts.Node): string[] {
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(literalsOf);
  return ts.isStringLiteralLike(node) ? [node.text] : [];
}

function readTranslation(call: ts.CallExpression): [key: string, entry: BundleEntry] | undefined {
  const [first] = call.arguments;
  if (first === undefined) return undefined;
  if (ts.isStringLiteralLike(first)) return [first.text, first.text];
  if (!ts.isObjectLiteralExpression(first)) return undefined;
  const property = (name: string): string[] =>
    first.properties.flatMap((one) =>
      ts.isPropertyAssignment(one) && one.name.getText() === name
        ? literalsOf(one.initializer)
        : [],
    );
  const [message] = property('message');
  const comment = property('comment');
  return message === undefined ? undefined : [keyOf(message, comment), { message, comment }];
}

/** Every text that the sources under `folder` hand to `l10n.t`; a text that is not a literal is an error. */
export function collectTexts(folder: string): Map<string, BundleEntry> {
  const found = new Map<string, BundleEntry>();
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort();
  for (const name of files) {
    const file = path.join(folder, name);
    const source = ts.createSourceFile(
      file,
      readFileSync(file, 'utf8'),
      ts.ScriptTarget.ES2023,
      true,
    );
    const visit = (node: ts.Node): void => {
      if (isTranslation(node)) {
        const entry = readTranslation(node);
        if (entry === undefined) {
          const { line } = source.getLineAndCharacterOfPosition(node.getStart());
          throw new Error(`${file}:${line + 1}: l10n.t takes a literal text`);
        }
        found.set(...entry);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

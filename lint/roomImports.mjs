import path from 'node:path';
import { roomOf } from './rooms.mjs';

const root = path.resolve(import.meta.dirname, '..');

/** The module that an import, a re-export, `import()`, `import type` or `require()` names. */
const importingNodes = {
  ImportDeclaration: (node) => node.source,
  ExportNamedDeclaration: (node) => node.source,
  ExportAllDeclaration: (node) => node.source,
  ImportExpression: (node) => node.source,
  TSImportType: (node) => node.source,
  TSExternalModuleReference: (node) => node.expression,
  CallExpression: (node) =>
    node.callee.type === 'Identifier' && node.callee.name === 'require'
      ? node.arguments[0]
      : undefined,
};

/** Says why `from` (a path from the root) may not import `specifier`, or nothing when it may. */
function refusal(from, home, specifier) {
  if (!specifier.startsWith('.')) {
    return home.room.packages?.test(specifier)
      ? undefined
      : `"${home.room.name}" may not import the package "${specifier}"`;
  }
  const target = path.posix.join(path.posix.dirname(from), specifier);
  const there = roomOf(target);
  if (there === undefined) return `"${target}" is in no room that may be imported`;
  if (there.room === home.room && there.part === home.part) return undefined;
  if (home.room.imports.includes(there.room.name)) return undefined;
  if (home.room.imports.includes('*') && target.startsWith('src/')) return undefined;
  return `"${home.room.name}" may not import "${there.room.name}"`;
}

/** Lint rule: every import follows the table in `rooms.mjs`. */
export const roomImports = {
  meta: { type: 'problem', schema: [], messages: { refused: '{{reason}} (lint/rooms.mjs)' } },
  create(context) {
    const from = path.relative(root, context.filename).replaceAll('\\', '/');
    const home = roomOf(from);
    const check = (node, source) => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      const reason = refusal(from, home, source.value);
      if (reason) context.report({ node, messageId: 'refused', data: { reason } });
    };
    if (home === undefined) {
      return {
        Program: (node) =>
          context.report({
            node,
            messageId: 'refused',
            data: { reason: `"${from}" is in no room` },
          }),
      };
    }
    return Object.fromEntries(
      Object.entries(importingNodes).map(([type, sourceOf]) => [
        type,
        (node) => check(node, sourceOf(node)),
      ]),
    );
  },
};

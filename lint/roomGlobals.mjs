import path from 'node:path';
import { roomOf } from './rooms.mjs';

const root = path.resolve(import.meta.dirname, '..');

const timers = ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'];
const clearing = ['clearTimeout', 'clearInterval', 'clearImmediate'];
const nodeGlobals = ['process', 'Buffer', 'global', 'require', 'module', '__dirname', 'fetch'];
const pageGlobals = ['window', 'document', 'navigator', 'localStorage', 'sessionStorage', 'alert'];

function forbiddenGlobals({ name, node }) {
  const isPage = name.startsWith('webview');
  return new Set([
    ...(node === 'all' ? [] : nodeGlobals),
    ...(node === 'none' && !isPage ? [...timers, ...clearing] : []),
    ...(isPage ? [] : pageGlobals),
  ]);
}

/** Lint rule: a room touches Node.js and the DOM only as far as `rooms.mjs` lets it. */
export const roomGlobals = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { refused: '"{{room}}" may not use the global "{{name}}" (lint/rooms.mjs)' },
  },
  create(context) {
    const room = roomOf(path.relative(root, context.filename))?.room;
    if (room === undefined) return {};
    const forbidden = forbiddenGlobals(room);
    return {
      'Program:exit'() {
        for (const { identifier } of context.sourceCode.scopeManager.globalScope.through) {
          if (!forbidden.has(identifier.name)) continue;
          const data = { room: room.name, name: identifier.name };
          context.report({ node: identifier, messageId: 'refused', data });
        }
      },
    };
  },
};

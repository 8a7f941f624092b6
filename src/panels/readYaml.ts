import { Lexer, parseDocument, visit, type Document } from 'yaml';

/** Deeper texts take a parser seconds; MLflow's own have six levels. */
const maxDepth = 100;
/** So many pieces take about 30 ms; MLflow's own have some hundreds, since a signature of any width is one. */
const maxTokens = 6000;

/**
 * Reads YAML of anybody with the core schema, without aliases and without tags that make anything but data; `undefined` for a
 * text that is broken, or deeper or of more pieces than anybody writes.
 */
export function readYaml(text: string): unknown {
  if (isDeep(text) || isLong(text)) {
    return undefined;
  }
  const document = parseDocument(text, {
    schema: 'core',
    // `__proto__` stays a key like any other, since maps are not merged.
    merge: false,
    uniqueKeys: false,
    logLevel: 'silent',
  });
  return document.errors.length > 0 || hasAlias(document)
    ? undefined
    : (document.toJS({ maxAliasCount: 0 }) as unknown);
}

function hasAlias(document: Document): boolean {
  let isFound = false;
  visit(document, {
    Alias: () => {
      isFound = true;
      return visit.BREAK;
    },
  });
  return isFound;
}

function isDeep(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth = bracket === '[' || bracket === '{' ? depth + 1 : Math.max(0, depth - 1);
    if (depth > maxDepth) {
      return true;
    }
  }
  return new RegExp(`^ {${maxDepth}}|^(?: *[-?] ){${maxDepth}}`, 'm').test(text);
}

function isLong(text: string): boolean {
  const tokens = new Lexer().lex(text);
  for (let count = 0; count <= maxTokens; count++) {
    if (tokens.next().done === true) {
      return false;
    }
  }
  return true;
}

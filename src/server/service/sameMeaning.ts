import {
  Lexer,
  parseAllDocuments,
  visit,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  type Node,
} from 'yaml';

/** Whether two YAML texts have the same nodes, written the same way, and the same comments in the same order. */
export function sameMeaning(one: string, other: string): boolean {
  const signature = signatureOf(one);
  return signature !== undefined && signature === signatureOf(other);
}

/** Undefined for text that is not YAML, or too deep to look into. */
function signatureOf(text: string): string | undefined {
  try {
    const parts: unknown[] = [];
    const options = { version: '1.1', uniqueKeys: false, logLevel: 'silent' } as const;
    const documents = parseAllDocuments(text, options);
    for (const document of Array.isArray(documents) ? documents : []) {
      if (document.errors.length > 0) return undefined;
      parts.push('document');
      visit(document, { Node: (_, node) => void parts.push(partOf(node)) });
    }
    return JSON.stringify([parts, commentsOf(text)]);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function partOf(node: Node): unknown {
  if (isAlias(node)) return ['alias', node.source];
  if (isScalar(node)) return [node.tag, node.anchor, node.type, node.source ?? String(node.value)];
  if (!isCollection(node)) return 'other';
  return [
    isMap(node) ? 'map' : 'list',
    node.tag,
    node.anchor,
    node.flow === true,
    node.items.length,
  ];
}

function commentsOf(text: string): string[] {
  const comments: string[] = [];
  let isScalarText = false;
  for (const token of new Lexer().lex(text)) {
    if (!isScalarText && token.startsWith('#')) comments.push(token.trimEnd());
    isScalarText = token === '\u001f';
  }
  return comments;
}

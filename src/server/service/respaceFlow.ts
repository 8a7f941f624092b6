/** Puts one space behind each comma and colon of `{…}` or `[…]`, and none inside the brackets; leaves other values alone. */
export function respaceFlow(value: string): string {
  if (!/^[{[]/.test(value)) return value;
  let out = '';
  let depth = 0;
  for (let at = 0; at < value.length;) {
    const character = value[at] ?? '';
    const quoted = /^["']/.test(character) && /[\s{[,:]$/.test(out) ? quotedEnd(value, at) : at;
    if (quoted > at) {
      out += value.slice(at, quoted);
      at = quoted;
      continue;
    }
    if (depth > 0 && character === '#' && /\s$/.test(value.slice(0, at))) {
      return `${out.trimEnd()} ${value.slice(at)}`;
    }
    if (/[{[]/.test(character)) depth += 1;
    if (/[}\]]/.test(character)) {
      depth -= 1;
      out = /,\s*$/.test(out) ? out : out.trimEnd();
    }
    if (character === ',') out = out.trimEnd();
    out += character;
    at += 1;
    if (depth === 0) return out + value.slice(at);
    const rest = skipSpace(value, at);
    if (/[{[]/.test(character)) at = rest;
    else if (character === ',' || (character === ':' && rest > at)) {
      if (rest < value.length && !/[}\]]/.test(value[rest] ?? '')) out += ' ';
      at = rest;
    }
  }
  return out.trimEnd();
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (text[at] === ' ' || text[at] === '\t') at += 1;
  return at;
}

function quotedEnd(text: string, start: number): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\' && quote === '"') at += 1;
    else if (text[at] === quote) return at + 1;
  }
  return text.length;
}

import { html } from 'lit';
import type { TemplateResult } from 'lit';

/** A piece of rendered text; lit writes what is text as text, whatever it holds. */
export type Rendered = string | TemplateResult;

/** Opens an address outside of the page. */
export type OpenAddress = (address: string) => void;

const deepest = 6;
/** Bounded, so that no text takes long to read: each alternative looks this far at most. */
const patterns = [
  ['code', /(`{1,10})(?!`)([\s\S]{1,2000}?)(?<!`)\1(?!`)/y],
  ['escape', /\\([!-/:-@[-`{-~])/y],
  [
    'image',
    /!\[([^\]]{0,300})\]\(\s{0,3}<?([^\s()<>]{0,2000})>?(?:\s{1,3}"[^"]{0,300}")?\s{0,3}\)/y,
  ],
  [
    'link',
    /\[((?:[^\]\\]|\\.){1,300})\]\(\s{0,3}<?([^\s()<>]{0,2000})>?(?:\s{1,3}"[^"]{0,300}")?\s{0,3}\)/y,
  ],
  ['address', /<((?:https?:\/\/|mailto:)[^\s<>]{1,2000})>/y],
  ['address', /(https?:\/\/[^\s<>()]{1,2000}[^\s<>().,:;"'!?*_~\]])/y],
  ['strong', /(\*\*|__)(?=\S)([\s\S]{0,2000}?\S)\1/y],
  ['emphasis', /([*_])(?=[^\s*_])([\s\S]{0,2000}?[^\s*_])\1(?![\p{L}\p{N}])/uy],
  ['deleted', /(~~)(?=\S)([\s\S]{0,2000}?\S)\1/y],
] as const;

type Kind = (typeof patterns)[number][0];

/** Text with emphasis, code and links, as Markdown marks them; all else, HTML too, is text. */
export function renderInline(text: string, open: OpenAddress, depth = 0): readonly Rendered[] {
  const pieces: Rendered[] = [];
  let plain = '';
  for (let at = 0; at < text.length;) {
    const found = startsSomething(text, at) ? find(text, at) : undefined;
    if (found === undefined) {
      plain += text[at];
      at++;
      continue;
    }
    if (plain !== '') pieces.push(plain);
    plain = '';
    pieces.push(piece(found.kind, found.match, open, depth));
    at += found.match[0].length;
  }
  return plain === '' ? pieces : [...pieces, plain];
}

function startsSomething(text: string, at: number): boolean {
  const character = text[at] ?? '';
  const isMark = '`\\![<*_~h'.includes(character);
  // Underscores and addresses within words mean nothing.
  return isMark && !('_h'.includes(character) && /[\p{L}\p{N}]/u.test(text[at - 1] ?? ''));
}

function find(text: string, at: number): { kind: Kind; match: RegExpExecArray } | undefined {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) return { kind, match };
  }
  return undefined;
}

function piece(kind: Kind, match: RegExpExecArray, open: OpenAddress, depth: number): Rendered {
  const [, first = '', second = ''] = match;
  const inner = (text: string): readonly Rendered[] =>
    depth < deepest ? renderInline(text, open, depth + 1) : [text];
  switch (kind) {
    case 'code':
      return html`<code>${second.replaceAll('\n', ' ').replace(/^ (.*) $/, '$1')}</code>`;
    case 'escape':
      return first;
    case 'image':
      // Nothing is loaded: a picture is where its address leads.
      return link(first === '' ? [second] : [first], second, open);
    case 'link':
      return link(inner(first), second, open);
    case 'address':
      return link([first.replace(/^mailto:/i, '')], first, open);
    case 'strong':
      return html`<strong>${inner(second)}</strong>`;
    case 'emphasis':
      return html`<em>${inner(second)}</em>`;
    case 'deleted':
      return html`<del>${inner(second)}</del>`;
  }
}

/** A link that the extension opens; an address of another kind than the web's is text. */
function link(content: readonly Rendered[], address: string, open: OpenAddress): Rendered {
  if (!/^(?:https?:\/\/|mailto:)./i.test(address)) return html`${content}`;
  return html`<button
    type="button"
    role="link"
    class="text-link"
    title=${address}
    @click=${() => open(address)}
  >
    ${content}
  </button>`;
}

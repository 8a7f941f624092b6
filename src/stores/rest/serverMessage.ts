const limit = 2000;

/** The other side's own words as plain text: no markup, no credentials, at most 2,000 characters. */
export function toServerMessage(text: string): string | undefined {
  const plain = (/^\s*</.test(text) ? withoutMarkup(text) : text)
    .replace(/\/\/[^/\s@]*@/g, '//')
    .replace(/\s+/g, ' ')
    .trim();
  return plain === '' ? undefined : plain.slice(0, limit);
}

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
};

/** Only the start of a page is looked at: a message lies there, and a page may be large. */
function withoutMarkup(html: string): string {
  return html
    .slice(0, 20_000)
    .replace(/<(script|style|head)\b[^]*?(?:<\/\1>|$)/gi, (element) => title(element))
    .replace(/<[^>]*(?:>|$)/g, ' ')
    .replace(/&(?:lt|gt|amp|quot|nbsp|#39);/g, (entity) => entities[entity] ?? entity);
}

function title(element: string): string {
  return /<title[^>]*>([^<]*)/i.exec(element)?.[1]?.concat(' ') ?? ' ';
}

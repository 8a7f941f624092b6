import type { SeededRandom } from './seededRandom';

type Mutate = (text: string, random: SeededRandom) => string;

const odd = [
  ...[
    '\t',
    '\0',
    '\r',
    '\r\n',
    '\uFEFF',
    '\u2028',
    '\u0085',
    '\uD800',
    '\uDC00',
    '😀',
    '\u202E',
    '\x1B[0m',
  ],
  ...[
    '{',
    '}',
    '{{',
    '}}',
    '{a',
    '{0}',
    '{!r}',
    '{a:{b}}',
    '[',
    ']',
    '"',
    "'",
    '\\',
    '`',
    '#',
    ' #',
    ':',
    ': ',
  ],
  ...[
    '- ',
    '? ',
    '|\n',
    '>-\n',
    '&a ',
    '*a ',
    '*b',
    '!!',
    '!!python/object:os.system ',
    '!<',
    '%YAML 9',
    '---\n',
    '...\n',
  ],
  ...[
    '<<: ',
    '<<: *a\n',
    '~',
    '1e999',
    '0x',
    '1:60',
    '.nan',
    '-r ',
    '../..',
    '%00',
    '__proto__: ',
    'constructor: ',
  ],
];

const at = (text: string, random: SeededRandom): number => random.below(text.length + 1);

const slice = (text: string, random: SeededRandom): [start: number, end: number] => {
  const start = at(text, random);
  return [start, Math.min(text.length, start + random.below(200))];
};

const insert = (text: string, place: number, piece: string): string =>
  text.slice(0, place) + piece + text.slice(place);

const deep: readonly (readonly [open: string, close: string])[] = [
  ['[', ']'],
  ['{a: ', '}'],
  ['- ', ''],
  ['? ', ''],
  ['{', '}'],
  ['"', '"'],
  ['[{a: ', '}]'],
];

/** Aliases of aliases, which make `2 ** depth` nodes, or a ring. */
const aliasBomb = (random: SeededRandom): string => {
  const depth = 5 + random.below(60);
  const levels = Array.from({ length: depth }, (_, level) =>
    level === 0
      ? 'x0: &x0 {k: v}'
      : random.chance(0.5)
        ? `x${level}: &x${level} [*x${level - 1}, *x${level - 1}]`
        : `x${level}: &x${level} {<<: [*x${level - 1}, *x${level - 1}], y: *x${level - 1}}`,
  );
  return `\n${levels.join('\n')}\nring: &ring [*ring, *x${depth - 1}]\n`;
};

const mutations: readonly Mutate[] = [
  (text, random) => text.slice(0, at(text, random)),
  (text, random) => text.slice(at(text, random)),
  (text, random) => {
    const [start, end] = slice(text, random);
    return text.slice(0, start) + text.slice(end);
  },
  (text, random) => {
    const [start, end] = slice(text, random);
    return insert(text, at(text, random), text.slice(start, end));
  },
  (text) => text + text,
  (text, random) =>
    insert(
      text,
      at(text, random),
      String.fromCharCode(...random.times(1 + random.below(30), () => random.below(0x10000))),
    ),
  (text, random) =>
    insert(
      text,
      at(text, random),
      Buffer.from(random.times(30, () => random.below(256))).toString('utf8'),
    ),
  ...[1, 2, 3].map(
    (): Mutate => (text, random) => insert(text, at(text, random), random.pick(odd)),
  ),
  (text, random) => {
    const [open, close] = random.pick(deep);
    const depth = 2 ** random.below(14);
    return insert(
      text,
      at(text, random),
      open.repeat(depth) + (random.chance(0.5) ? close.repeat(depth) : ''),
    );
  },
  (text, random) => {
    const depth = 2 ** random.below(9);
    const nested = Array.from({ length: depth }, (_, level) => `${' '.repeat(level)}k:`).join('\n');
    return `${text}\n${nested}\n`;
  },
  (text, random) => (random.chance(0.5) ? text : '') + aliasBomb(random),
  (text, random) => text.replaceAll('\n', () => random.pick(['\n', '\r\n', '\r', '\u2028'])),
  (text) => `\uFEFF${text}`,
  (text, random) => text.replaceAll('  ', () => (random.chance(0.2) ? '\t' : '  ')),
  (text, random) => {
    const lines = text.split('\n');
    return random.times(lines.length, () => random.pick(lines)).join('\n');
  },
];

const longLine: Mutate = (text, random) => {
  const piece = random.pick([
    'x',
    'x ',
    '{a}',
    '{',
    '[',
    '"',
    'a: ',
    '- ',
    ', ',
    '\\',
    '😀',
    '*a ',
    '# ',
    "''",
  ]);
  return insert(text, at(text, random), piece.repeat(Math.ceil(1_000_000 / piece.length)));
};

/** Share of texts with a line of a megabyte. */
const longShare = 0.005;

/** The text with one to five things done to it. */
export function mutated(text: string, random: SeededRandom): string {
  const count = 1 + random.below(5);
  const found = random
    .times(count, () => random.pick(mutations))
    .reduce((before, mutate) => mutate(before, random).slice(0, 2_000_000), text);
  return random.chance(longShare) ? longLine(found, random) : found;
}

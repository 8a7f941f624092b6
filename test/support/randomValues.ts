import { SeededRandom } from './seededRandom';

/** Valid Unicode without NUL, with what shells, editors and command lines make something of. */
export function randomValues(count: number, seed = 11): readonly string[] {
  const random = new SeededRandom(seed);
  const pieces = [
    '"',
    "'",
    '\\',
    ' ',
    '\n',
    '\r',
    '\t',
    ';',
    '$(id)',
    '${env:HOME}',
    '`x`',
    '%PATH%',
  ];
  const more = [
    '-',
    '--',
    '&',
    '|',
    '<',
    '>',
    '*',
    '?',
    '~',
    '!',
    '^',
    '#',
    '\x1b[2J',
    'é',
    '漢',
    '🙂',
  ];
  const all = [...pieces, ...more];
  const piece = (): string => {
    if (random.chance(0.6)) {
      return random.pick(all);
    }
    const code = 1 + random.below(random.chance(0.75) ? 0x7e : 0x10fffe);
    return code >= 0xd800 && code <= 0xdfff ? 'x' : String.fromCodePoint(code);
  };
  return random.times(count, () => random.times(random.below(20), piece).join(''));
}

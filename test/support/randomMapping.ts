import type { SeededRandom } from './seededRandom';

const keys = ['a', 'entry_points', '"q k"', "'s'", 'k-1', 'x.y'];
const scalars = [
  '1',
  'x y',
  '"a: # b"',
  "'it''s'",
  '0.5',
  'http://x/y',
  '~',
  '{{x}',
  '- y',
  '"\\t"',
];
const flows = ['[1,2]', '{ a: 1,b: [x ,"y,  z"] }', '[]', '{}', '[ {a: b}, c ]'];

/** A mapping as somebody may write it: any indentation, comments, empty lines and kinds of text. */
export function randomMapping(random: SeededRandom, indent = 0, depth = 0): string {
  const step = 1 + random.below(5);
  const count = 1 + random.below(4);
  let text = '';
  for (let index = 0; index < count; index += 1) {
    if (random.below(5) === 0) text += `${pad(random.below(6))}# c${random.below(9)}\n`;
    if (random.below(6) === 0) text += '\n'.repeat(1 + random.below(3));
    const key = `${pad(indent)}${pick(random, keys).replace(/(["']?)$/, `${index}$1`)}`;
    text += `${key}${pad(random.below(2))}:${value(random, indent, step, depth)}`;
  }
  return text;
}

function value(random: SeededRandom, indent: number, step: number, depth: number): string {
  const below = indent + step;
  switch (depth > 3 ? random.below(4) : random.below(9)) {
    case 0:
      return `${pad(1 + random.below(3))}${pick(random, flows)}${comment(random)}\n`;
    case 1:
      return ` ${pick(random, ['|', '>', '|-', '>+'])}\n${pad(below)}x: y  \n\n${pad(below)}  # z\n`;
    case 2:
      return ` "x\n${pad(below)}y # z\n\n${pad(below)}w"\n`;
    case 3:
      return ` ${safe(pick(random, scalars))}${comment(random)}\n`;
    case 4:
      return `${comment(random)}\n${list(random, indent + random.below(2) * step)}`;
    case 5:
      return ` x\n${pad(below)}y\n`;
    default:
      return `${comment(random)}\n${randomMapping(random, below, depth + 1)}`;
  }
}

function list(random: SeededRandom, indent: number): string {
  const dash = `${pad(indent)}-${pad(1 + random.below(3))}`;
  const items = Array.from({ length: 1 + random.below(3) }, () =>
    random.below(3) === 0
      ? `${dash}k: 1\n${pad(dash.length)}l:  ${safe(pick(random, scalars))}\n`
      : `${dash}${safe(pick(random, scalars))}\n`,
  );
  return items.join('');
}

/** As a plain text it would begin something else. */
function safe(scalar: string): string {
  return /^[{-]/.test(scalar) ? `"${scalar}"` : scalar;
}

function comment(random: SeededRandom): string {
  return random.below(4) === 0 ? '  # d' : '';
}

function pad(count: number): string {
  return ' '.repeat(count);
}

function pick(random: SeededRandom, choices: readonly string[]): string {
  return choices[random.below(choices.length)] ?? '';
}

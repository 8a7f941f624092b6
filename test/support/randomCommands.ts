import type { SeededRandom } from './seededRandom';

/** What a command is formatted with: quoted, as MLflow does. */
export const commandValues: Readonly<Record<string, string>> = {
  a: 'x',
  b: "'b c'",
  'max-depth': '5',
  'a.b': 'q',
  n: '12',
  empty: "''",
};

const beginnings = [
  '',
  'python train.py {a} --b {b}',
  '{a:>{n}} {b!r}',
  '{a.upper} {b[0]}',
  'sh {{x}} {max-depth}',
];

const pieces = [
  ...[
    '{',
    '}',
    '{{',
    '}}',
    '{a}',
    '{b}',
    '{n}',
    '{max-depth}',
    '{a.b}',
    '{c}',
    '{ a }',
    '{}',
    '{0}',
  ],
  ...[
    '{a.upper}',
    '{a[0]}',
    '{b[9]}',
    '{a!r}',
    '{b!s:>10}',
    '{a:>{n}}',
    '{a:{b}}',
    '{a:.2f}',
    '{a:',
  ],
  ...['!', 'r', ':', '[', ']', '.', '0', '1', 'upper', 'foo', ' ', 'python x.py ', '${HOME}'],
  ...[
    "awk '{print $1}'",
    '"',
    '\\',
    'a',
    'b',
    'n',
    's',
    'd',
    '>',
    '<',
    '^',
    '=',
    '+',
    '-',
    ' ',
    'z',
  ],
  ...['#', '05', ',', '_', '.3', 'é', '٣', '%', '\n', '__class__', '\t', "'", '{empty}'],
];

/** A command after up to eight changes to it. */
export function randomCommand(random: SeededRandom): string {
  let text = random.pick(beginnings);
  for (let change = random.below(8); change >= 0; change -= 1) {
    const at = random.chance(0.5) ? text.length : random.below(text.length + 1);
    const removed = random.chance(0.3) ? 1 : 0;
    text = text.slice(0, at) + random.pick(pieces) + text.slice(at + removed);
  }
  return text;
}

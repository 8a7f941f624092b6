import type { SeededRandom } from './seededRandom';

const pieces = [
  ...['a', 'b: c', '- x', '- ', '? ', ': ', '[', '{', '}', ']', ',', '"', "'", '#', '\n', '\n  '],
  ...[
    '\n    ',
    '\t',
    '|',
    '>',
    '|-\n',
    '>+\n',
    '>2\n',
    '&x ',
    '*x',
    '!!str ',
    '!m ',
    '%YAML 1.1\n',
  ],
  ...[
    '---\n',
    '...\n',
    '<<: ',
    '~',
    '1e-3',
    '1.0e3',
    '010',
    '0x1F',
    '1:30',
    '2024-01-02',
    '2024-13-01',
  ],
  ...['2024-01-02 10:11:12.5+02:00', 'yes', 'Off', '.5', '1_000', '=', '<<', 'k: v', 'k:'],
  ...['key with space: 1', '{a: b, c: d}', '[1, 2]', '{"a":b}', '"q\\n"', "'it''s'", '"\\x41"'],
  ...['\r\n', '\r', '\u2028', '\ufeff', '@', '`', '-', '--', 'a:b', 'a#b', 'a #b', '{x}', '{{x}}'],
  ...['\\', '.inf', '-.inf', '.nan', '1.', '+1', '-0', '0b1', 'null', '"\\q"', '/', '=: 1'],
  ...[
    '? - a\n: b\n',
    '!<x> ',
    '!a!b ',
    '%TAG ! x\n',
    '1__0',
    '0_',
    '0b_',
    '3.10',
    '08',
    '-1.5e-10',
  ],
];

/** A short text that is YAML, or nearly. */
export function randomYaml(random: SeededRandom): string {
  return random
    .times(1 + random.below(14), () => {
      const gap = random.chance(0.3) ? random.pick([' ', '\n', '\n  ', '\n- ', '\nz: ']) : '';
      return random.pick(pieces) + gap;
    })
    .join('');
}

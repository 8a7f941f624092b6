import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  contrast,
  deltaE2000,
  fromHex,
  smallestDifference,
  toLab,
  visions,
  type Rgb,
} from '../../scripts/colorMath.mts';
import { themeBackgrounds, type ThemeKind } from '../../scripts/themeBackgrounds.mts';
import { runColorCount, runColorId } from '../../src/ids';

interface ContributedColor {
  readonly id: string;
  readonly defaults: Record<ThemeKind, string>;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  contributes: { colors: ContributedColor[] };
};
const contributed = manifest.contributes.colors;
const kinds = Object.keys(themeBackgrounds) as ThemeKind[];

function paletteOf(kind: ThemeKind): Rgb[] {
  return contributed.map(({ defaults }) => fromHex(defaults[kind]));
}

/** The smallest CIEDE2000 difference that any two of the twelve keep: for normal vision, and for each deficiency. */
const promised: Record<ThemeKind, { readonly normal: number; readonly deficient: number }> = {
  dark: { normal: 21, deficient: 13 },
  light: { normal: 19, deficient: 12 },
  highContrast: { normal: 21, deficient: 13 },
  highContrastLight: { normal: 17, deficient: 10.5 },
};

describe('colour arithmetic', () => {
  it('measures CIEDE2000 as the published test data does', () => {
    // Pairs 1, 7, 15, 17 and 25 of the supplementary data of Sharma, Wu and Dalal (2005).
    const pairs: [Rgb, Rgb, number][] = [
      [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
      [[50, 0, 0], [50, -1, 2], 2.3669],
      [[50, 2.5, 0], [50, 3.2592, 0.335], 1],
      [[50, 2.5, 0], [73, 25, -18], 27.1492],
      [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
    ];
    for (const [first, second, expected] of pairs) {
      assert.ok(
        Math.abs(deltaE2000(first, second) - expected) < 5e-4,
        `${first.join()} ${second.join()}: ${deltaE2000(first, second)} is not ${expected}`,
      );
    }
  });

  it('measures the contrast of black and white as 21', () => {
    assert.ok(Math.abs(contrast(fromHex('#000000'), fromHex('#FFFFFF')) - 21) < 1e-5);
  });

  it('keeps greys grey under every simulation', () => {
    for (const vision of visions) {
      const [, a, b] = toLab(fromHex('#808080'), vision);
      assert.ok(Math.hypot(a, b) < 0.5, vision);
    }
  });
});

describe('run colors', () => {
  it('are contributed under the ids of the code', () => {
    const expected = Array.from({ length: runColorCount }, (_, index) => runColorId(index));
    assert.deepEqual(
      contributed.map(({ id }) => id),
      expected,
    );
  });

  for (const kind of kinds) {
    const leastContrast = kind.startsWith('highContrast') ? 4.5 : 3;

    it(`stand out ${leastContrast}:1 from the editor and the side bar in ${kind} themes`, () => {
      for (const background of themeBackgrounds[kind]) {
        for (const { id, defaults } of contributed) {
          const ratio = contrast(fromHex(defaults[kind]), fromHex(background));
          assert.ok(ratio >= leastContrast, `${id} on ${background}: ${ratio.toFixed(2)}`);
        }
      }
    });

    for (const vision of visions) {
      const wanted = promised[kind][vision === 'normal' ? 'normal' : 'deficient'];
      it(`differ by ${wanted} or more in ${kind} themes for ${vision} vision`, () => {
        const smallest = smallestDifference(paletteOf(kind), vision);
        assert.ok(smallest >= wanted, smallest.toFixed(2));
      });
    }
  }
});

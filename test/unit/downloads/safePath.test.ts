import assert from 'node:assert/strict';
import { posix, win32 } from 'node:path';
import { folded, partName, safePath, type Platform } from '../../../src/downloads/safePath';
import { harmless, platforms, refusedEverywhere, refusedOnSome } from './hostilePaths';

const systems = { win32, darwin: posix, linux: posix };
const roots = { win32: 'C:\\Users\\kim\\run', darwin: '/Users/kim/run', linux: '/home/kim/run' };

function isBelow(parts: readonly string[], platform: Platform): boolean {
  const system = systems[platform];
  const inside = system.relative(roots[platform], system.join(roots[platform], ...parts));
  return (
    !system.isAbsolute(inside) &&
    !/^\.\.(?:[/\\]|$)/.test(inside) &&
    inside.split(system.sep).length === parts.length
  );
}

describe('safePath', () => {
  it('has a corpus of at least 200 paths that are refused somewhere, each once', () => {
    const all = [...refusedEverywhere, ...refusedOnSome.map(([path]) => path)];
    assert.ok(all.length >= 200, String(all.length));
    assert.equal(new Set([...all, ...harmless]).size, all.length + harmless.length);
  });

  it('refuses in every folder what it refuses at the top', () => {
    for (const path of refusedEverywhere.filter((each) => /^[^/]+$/.test(each))) {
      assert.ok(safePath(`sub/${path}`, 'linux').refusal, path);
      assert.ok(safePath(`${path}/a`, 'linux').refusal, path);
    }
  });

  for (const platform of platforms) {
    it(`refuses on ${platform} what leads elsewhere on any system`, () => {
      const kept = refusedEverywhere.filter((path) => !safePath(path, platform).refusal);
      assert.deepEqual(kept, []);
    });

    it(`refuses on ${platform} what is something else there, and keeps what is not`, () => {
      for (const [path, on] of refusedOnSome) {
        const { refusal } = safePath(path, platform);
        assert.equal(
          refusal !== undefined,
          on.includes(platform),
          `${path.slice(0, 80)}: ${refusal}`,
        );
      }
    });

    it(`keeps odd but harmless names on ${platform} as they are, below the folder`, () => {
      for (const path of harmless) {
        const safe = safePath(path, platform);
        assert.ok(safe.refusal === undefined, `${path}: ${safe.refusal}`);
        assert.equal(safe.parts.join('/'), path);
        assert.ok(isBelow(safe.parts, platform), path);
      }
    });

    it(`lets nothing through on ${platform} that its own path functions would resolve elsewhere`, () => {
      for (const path of [...refusedEverywhere, ...refusedOnSome.map(([each]) => each)]) {
        const safe = safePath(path, platform);
        assert.ok(safe.refusal !== undefined || isBelow(safe.parts, platform), path);
      }
    });
  }

  it('says why', () => {
    const reasons: readonly (readonly [string, Platform, string])[] = [
      ['', 'linux', 'malformed'],
      ['a\0b', 'linux', 'control'],
      ['/etc/passwd', 'linux', 'absolute'],
      ['C:\\a', 'linux', 'absolute'],
      ['../a', 'linux', 'climbs'],
      ['a\\b', 'linux', 'separator'],
      ['%252e%252e/a', 'linux', 'disguised'],
      ['NUL.txt', 'win32', 'device'],
      ['a. ', 'win32', 'ending'],
      ['a?', 'win32', 'character'],
      ['ab:c', 'win32', 'stream'],
      ['GIT~1', 'win32', 'shortName'],
      ['a/.git/config', 'darwin', 'git'],
      ['a.mlflow-part', 'darwin', 'unfinished'],
      ['x'.repeat(256), 'darwin', 'tooLong'],
      ['d/'.repeat(100) + 'a', 'linux', 'tooDeep'],
    ];
    for (const [path, platform, refusal] of reasons) {
      assert.equal(safePath(path, platform).refusal, refusal, path);
    }
  });

  it('decides about the longest and oddest paths within a moment', () => {
    const start = performance.now();
    for (const path of [
      '%25'.repeat(1300),
      '%2'.repeat(1900),
      'a/'.repeat(1900),
      '\uff0e'.repeat(1300),
    ]) {
      platforms.forEach((platform) => safePath(path, platform));
    }
    assert.ok(performance.now() - start < 500);
  });
});

describe('names that file systems take for one', () => {
  it('are folded to one', () => {
    for (const [one, other] of [
      ['README.md', 'readme.MD'],
      ['\u00e9', 'e\u0301'],
      ['\uac00', '\u1100\u1161'],
      ['É', 'e\u0301'],
      ['a\u200bb', 'ab'],
      ['Σ', 'ς'],
      ['K', '\u212a'],
    ] as const) {
      assert.equal(folded(one), folded(other), `${one} ${other}`);
    }
    assert.notEqual(folded('a'), folded('b'));
  });
});

describe('the name of an unfinished file', () => {
  it('fits where the name itself fits, and differs where the name does', () => {
    for (const platform of platforms) {
      const long = (last: string): string => partName(`${'x'.repeat(254)}${last}`, platform);
      assert.ok(Buffer.byteLength(`${long('a')}.json`) <= 255);
      assert.notEqual(long('a'), long('b'));
      assert.equal(partName('a.txt', platform), 'a.txt.mlflow-part');
    }
    assert.ok(Buffer.byteLength(`${partName('가'.repeat(85), 'linux')}.json`) <= 255);
  });
});

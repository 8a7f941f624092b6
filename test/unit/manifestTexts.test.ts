import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { collectTexts } from '../../scripts/l10nTexts.mts';

function readJson(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
}

const placeholders = (text: unknown): string[] => (String(text).match(/\{\w+\}/g) ?? []).sort();

describe('texts of the code', () => {
  const english = readJson('l10n/bundle.l10n.json');
  const korean = readJson('l10n/bundle.l10n.ko.json');

  it('are all in the English bundle, and nothing else is', () => {
    const texts = Object.fromEntries([...collectTexts('src'), ...collectTexts('webview')].sort());
    assert.deepEqual(english, texts, 'run `npm run l10n`');
  });

  it('are all translated into Korean, and nothing else is', () => {
    assert.deepEqual(Object.keys(korean).sort(), Object.keys(english).sort());
    const untranslated = Object.entries(korean).filter(
      ([key, text]) => text === '' || (text === key && /[a-z]{3}/.test(key)),
    );
    assert.deepEqual(untranslated, []);
  });

  it('keep their placeholders in Korean', () => {
    for (const [key, text] of Object.entries(korean)) {
      assert.deepEqual([...new Set(placeholders(text))], [...new Set(placeholders(key))], key);
    }
  });
});

describe('the scan for texts', () => {
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'texts-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
    assert.ok(!existsSync(folder));
  });

  it('finds plain texts, texts with comments and every way to name the API', () => {
    writeFileSync(
      path.join(folder, 'a.ts'),
      `vscode.l10n.t('One {0}', x); l10n.t(\`Two\`);
       l10n.t({ message: 'Run', comment: ['noun'] }); other.t('not ours');`,
    );
    assert.deepEqual(
      [...collectTexts(folder)],
      [
        ['One {0}', 'One {0}'],
        ['Two', 'Two'],
        ['Run/noun', { message: 'Run', comment: ['noun'] }],
      ],
    );
  });

  it('refuses a text that it cannot read', () => {
    writeFileSync(path.join(folder, 'a.ts'), 'l10n.t(text);');
    assert.throws(() => collectTexts(folder), /a\.ts:1: l10n\.t takes a literal text/);
  });
});

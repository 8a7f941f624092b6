/** Writes l10n/bundle.l10n.json from the sources and brings the Korean bundle to the same keys. */
import { readFileSync, writeFileSync } from 'node:fs';
import { collectTexts } from './l10nTexts.mts';

const english = 'l10n/bundle.l10n.json';
const korean = 'l10n/bundle.l10n.ko.json';

function write(file: string, entries: [string, unknown][]): void {
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`);
}

const texts = [...[...collectTexts('src'), ...collectTexts('webview')]].sort(([a], [b]) =>
  a < b ? -1 : 1,
);
const known = JSON.parse(readFileSync(korean, 'utf8')) as Record<string, string>;
write(english, texts);
write(
  korean,
  texts.map(([key]) => [key, known[key] ?? '']),
);

const missing = texts.filter(([key]) => !known[key]);
console.log(`${texts.length} texts, ${missing.length} without a Korean translation`);
for (const [key] of missing) {
  console.log(`  ${key}`);
}
process.exitCode = missing.length === 0 ? 0 : 1;

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from '../scripts/paths.mts';

interface Metafile {
  readonly outputs: Readonly<
    Record<string, { readonly inputs: Record<string, { bytesInOutput: number }> }>
  >;
}

const gzipped = (name: string): number =>
  gzipSync(readFileSync(path.join(root, 'dist', 'webview', name))).length / 1024;

/** The share of a bundle that is our own code, by length before it was gzipped. */
function ownShare(metafile: Metafile): number {
  let own = 0;
  let all = 0;
  for (const { inputs } of Object.values(metafile.outputs))
    for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
      all += bytesInOutput;
      own += file.includes('node_modules/') ? 0 : bytesInOutput;
    }
  return own / all;
}

/** Prints what a page and what all pages share weigh, gzipped. */
export function printSizes(): void {
  const kit = gzipped('kit.js') + gzipped('kit.css');
  const page = gzipped('compare.js') + gzipped('compare.css');
  const file = path.join(root, 'dist', 'meta', 'compare.json');
  const share = ownShare(JSON.parse(readFileSync(file, 'utf8')) as Metafile);
  console.log(`kit ${kit.toFixed(1)} KB of 90, compare page ${page.toFixed(1)} KB of 150`);
  console.log(
    `of which about ${(gzipped('compare.js') * share).toFixed(1)} KB of 40 are our own code`,
  );
}

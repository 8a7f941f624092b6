import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A package whose code is in a bundle. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** Its licence as it ships it, or the text that its `package.json` names; empty when there is neither. */
  readonly licenseText: string;
}

interface Metafile {
  readonly outputs: Record<string, { readonly inputs: Record<string, { bytesInOutput: number }> }>;
}

function packageFolderOf(input: string): string | undefined {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly author?: string | { readonly name: string };
}

/** Some packages name the MIT licence and their author, and ship no text (https://spdx.org/licenses/MIT.html). */
function namedLicense(license: string, author: Manifest['author']): string {
  const holder = typeof author === 'object' ? author.name : author;
  if (license !== 'MIT' || holder === undefined) return '';
  const text = readFileSync('scripts/mitLicense.txt', 'utf8').trim();
  return text.replace('<holder>', holder);
}

function describe(folder: string): BundledPackage {
  const { name, version, license, author } = JSON.parse(
    readFileSync(path.join(folder, 'package.json'), 'utf8'),
  ) as Manifest;
  const licenseFile = readdirSync(folder).find((file) => /^licen[cs]e(\.\w+)?$/i.test(file));
  const licenseText =
    licenseFile === undefined
      ? namedLicense(license, author)
      : readFileSync(path.join(folder, licenseFile), 'utf8').trim();
  return { name, version, license, licenseText };
}

/** Reads from `dist/meta` which packages the last build put into its bundles. */
export function bundledPackages(): BundledPackage[] {
  const folders = new Set<string>();
  for (const file of readdirSync('dist/meta')) {
    const { outputs } = JSON.parse(readFileSync(`dist/meta/${file}`, 'utf8')) as Metafile;
    for (const { inputs } of Object.values(outputs)) {
      for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
        const folder = bytesInOutput > 0 ? packageFolderOf(input) : undefined;
        if (folder !== undefined) folders.add(folder);
      }
    }
  }
  return [...folders].map(describe).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The text of ThirdPartyNotices.txt. */
export function thirdPartyNotices(packages: readonly BundledPackage[]): string {
  const entries = packages.map(
    ({ name, version, license, licenseText }) =>
      `${'-'.repeat(72)}\n${name} ${version} (${license})\n\n${licenseText.replaceAll('\r\n', '\n')}\n`,
  );
  return `This extension includes the following third-party software.\n\n${entries.join('\n')}`;
}

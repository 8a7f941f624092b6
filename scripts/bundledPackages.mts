import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A package whose code is in a bundle. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** Its licence as it ships it; empty when it ships none. */
  readonly licenseText: string;
}

interface Metafile {
  readonly outputs: Record<string, { readonly inputs: Record<string, { bytesInOutput: number }> }>;
}

function packageFolderOf(input: string): string | undefined {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
}

function describe(folder: string): BundledPackage {
  const { name, version, license } = JSON.parse(
    readFileSync(path.join(folder, 'package.json'), 'utf8'),
  ) as Record<'name' | 'version' | 'license', string>;
  const licenseFile = readdirSync(folder).find((file) => /^licen[cs]e(\.\w+)?$/i.test(file));
  const licenseText =
    licenseFile === undefined ? '' : readFileSync(path.join(folder, licenseFile), 'utf8').trim();
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

import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import esbuild from 'esbuild';
import { root } from '../scripts/paths.mts';

/** The language services for MLproject, as users get them; each call is about a new text. */
export interface BundledServices {
  readonly diagnose: (text: string) => Promise<unknown>;
  /** @param offset where the cursor is */
  readonly complete: (text: string, offset: number) => Promise<unknown>;
  /** That of the package `yaml`. */
  readonly parseDocument: (text: string) => unknown;
}

const source = `
  import { TextDocument } from 'vscode-languageserver-textdocument';
  import { usualLanguageSettings as settings } from './src/protocol/language';
  import { projectService } from './src/server/service/project/projectService';
  export { parseDocument } from 'yaml';
  const files = {
    kindOf: async () => 'file',
    read: async () => undefined,
    list: async () => [],
    uriOf: (path) => 'file:///p/' + path,
  };
  const context = { files, settings, isCancelled: () => false };
  const documentOf = (text) => TextDocument.create('file:///p/MLproject', 'mlproject', 1, text);
  export const diagnose = (text) => projectService.diagnose(documentOf(text), context);
  export const complete = (text, offset) => {
    const document = documentOf(text);
    return projectService.complete(document, document.positionAt(offset), context);
  };`;

export async function bundleServices(): Promise<BundledServices> {
  const folder = await mkdtemp(path.join(root, 'out-bench-'));
  const outfile = path.join(folder, 'services.cjs');
  try {
    await esbuild.build({
      stdin: { contents: source, resolveDir: root, loader: 'ts' },
      outfile,
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'cjs',
      target: 'node24',
    });
    return ((await import(pathToFileURL(outfile).href)) as { default: BundledServices }).default;
  } finally {
    await rm(folder, { recursive: true });
  }
}

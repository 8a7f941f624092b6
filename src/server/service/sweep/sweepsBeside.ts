import { TextDocument } from 'vscode-languageserver-textdocument';
import type { ServiceContext } from '../fileService';
import { yamlOf } from '../projectDocument';
import { isSweepFile } from './isSweepFile';
import { readSweep } from './readSweep';
import type { Sweep } from './sweepModel';

/** A sweep file in a project's folder. */
export interface SweepBeside {
  readonly document: TextDocument;
  readonly sweep: Sweep;
}

/** Files that are looked into. */
const most = 100;

/** The sweep files in the folder of a document. */
export async function sweepsBeside(context: ServiceContext): Promise<SweepBeside[]> {
  const { files } = context;
  const entries = await files.list('.');
  const names = entries.flatMap(({ name, kind }) =>
    kind === 'file' && /\.ya?ml$/i.test(name) ? [name] : [],
  );
  const found: SweepBeside[] = [];
  for (const name of names.slice(0, most)) {
    const text = await files.read(name);
    if (text === undefined || context.isCancelled()) continue;
    const document = TextDocument.create(files.uriOf(name), 'yaml', 0, text);
    const sweep = (await isSweepFile(document, context)) && readSweep(yamlOf(document)).sweep;
    if (sweep) found.push({ document, sweep });
  }
  return found;
}

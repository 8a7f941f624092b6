import * as l10n from '@vscode/l10n';
import type { DocumentLink } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';

import type { ServiceContext } from '../fileService';
import { rangeOf } from '../projectDocument';
import { rootMap } from '../rootKeys';
import type { YamlScalar } from '../yaml/yamlTree';
import { modelPlaces } from './modelPlaces';

/** Values that are looked for among the files. */
const most = 100;

/** What may be a path of a file in the model's own folder; nothing leads out of it. */
const filePath = /^(?![/\\])(?!.*(?:^|[/\\])\.\.(?:[/\\]|$))[^\p{Cc}:]{1,300}$/u;

/** Links to the run that logged a model, and to the files beside it that MLmodel names. */
export async function linkModel(
  document: TextDocument,
  { files, settings }: ServiceContext,
): Promise<readonly DocumentLink[]> {
  const links: DocumentLink[] = [];
  const places = modelPlaces(rootMap(document)).flatMap(({ path, entry: { value } }) =>
    value.kind === 'scalar' ? [{ path, value }] : [],
  );
  const run = places.find(({ path }) => path.length === 1 && path[0] === 'run_id')?.value;
  if (run !== undefined && settings.runLinks !== '' && /^[\w-]{1,64}$/.test(run.text)) {
    const tooltip = l10n.t('Open this run');
    links.push({
      range: rangeOf(document, run.span),
      target: settings.runLinks + run.text,
      tooltip,
    });
  }
  const named = places.filter(({ path, value }) => mayBeFile(path, value)).slice(0, most);
  const found = await Promise.all(
    named.map(async ({ value }) => ({ value, kind: await files.kindOf(value.text) })),
  );
  for (const { value, kind } of found) {
    if (kind === 'file') {
      links.push({ range: rangeOf(document, value.span), target: files.uriOf(value.text) });
    }
  }
  return links;
}

function mayBeFile([first]: readonly string[], { text }: YamlScalar): boolean {
  return (
    (first === 'flavors' || first === 'saved_input_example_info') &&
    filePath.test(text) &&
    /[./]/.test(text)
  );
}

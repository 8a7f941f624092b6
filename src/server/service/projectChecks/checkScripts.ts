import * as l10n from '@vscode/l10n';
import type { EntryPointModel } from '../project/projectModel';
import type { ProjectFiles } from '../projectFiles';
import { problemAt, type ProjectProblem } from './projectProblem';

/** A program and the script that it is to run; options with values are left alone. */
const scripts =
  /(?:^|[;&|(]\s*)(?:python[\d.]*|bash|sh|Rscript)(?:\s+-[uOBEsSI]+)*\s+([\w./-]+\.(?:py|sh|R))(?=$|[\s;&|)])/g;

/** Scripts that a command runs and that are not there; MLflow itself does not look. */
export async function checkScripts(
  { command }: EntryPointModel,
  files: Pick<ProjectFiles, 'kindOf'>,
): Promise<ProjectProblem[]> {
  if (command === undefined || /(?:^|[\s;&|(])cd\s/.test(command.text)) return [];
  const found = [...command.text.slice(0, 10_000).matchAll(scripts)].slice(0, 20);
  const checked = await Promise.all(
    found.map(async (match) => {
      const [whole, path = ''] = match;
      if ((await files.kindOf(path)) !== 'missing') return [];
      const end = match.index + whole.length;
      const span = command.offsets.toSourceSpan({ start: end - path.length, end });
      const title = l10n.t('Create `{0}`', path);
      return [
        problemAt('script-missing', span, l10n.t('There is no file `{0}`.', path), undefined, {
          fileFixes: [{ kind: 'create', title, path, text: '' }],
        }),
      ];
    }),
  );
  return checked.flat();
}

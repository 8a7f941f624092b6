import type { EnvironmentKey } from '../project/projectModel';
import { parseProject } from '../projectDocument';
import type { ProjectFiles } from '../projectFiles';
import { fileNameOf } from '../resolveUri';

/** How many folders above an environment file its project is looked for. */
const highest = 2;

/** The project that an environment file belongs to. */
interface NamingProject {
  /** As a path from the file's own folder: `''`, `'../'` and so on. */
  readonly folder: string;
  readonly key: EnvironmentKey;
}

/** The folder that paths in an environment file are seen from: that of its project, else its own. */
export async function projectFolder(uri: string, files: ProjectFiles): Promise<string> {
  return (await namingProject(uri, files))?.folder ?? '';
}

/** The project in the file's own folder, or in one above, whose MLproject names the file. */
export async function namingProject(
  uri: string,
  files: ProjectFiles,
): Promise<NamingProject | undefined> {
  let folder = '';
  for (let level = 0; level <= highest; level++, folder += '../') {
    const entries = await files.list(folder === '' ? '.' : folder);
    const project = entries.find(({ name }) => name.toLowerCase() === 'mlproject')?.name;
    const text = project === undefined ? undefined : await files.read(folder + project);
    const key = text === undefined ? undefined : keyNaming(text, uri, folder, files);
    if (key !== undefined) {
      return { folder, key };
    }
  }
  return undefined;
}

/** The key of an MLproject that names this file. */
function keyNaming(
  projectText: string,
  uri: string,
  folder: string,
  files: ProjectFiles,
): EnvironmentKey | undefined {
  const name = fileNameOf(uri);
  if (!projectText.includes(name)) {
    return undefined;
  }
  return parseProject(projectText).project.environments.find(
    ({ path }) => path !== undefined && files.uriOf(folder + path) === uri,
  )?.key;
}

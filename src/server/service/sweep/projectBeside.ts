import { parseProject, type ProjectDocument } from '../projectDocument';
import type { ProjectFiles } from '../projectFiles';

/** The MLproject in the same folder as a document. */
export interface ProjectBeside {
  /** As the file is called, in whatever case. */
  readonly fileName: string;
  readonly document: ProjectDocument;
}

export async function projectBeside(files: ProjectFiles): Promise<ProjectBeside | undefined> {
  const fileName = await projectFileName(files);
  const text = fileName && (await files.read(fileName));
  if (fileName === undefined || text === undefined) return undefined;
  return { fileName, document: parseProject(text, files.uriOf(fileName)) };
}

/** MLflow takes any case of the name. */
export async function projectFileName(files: ProjectFiles): Promise<string | undefined> {
  const entries = await files.list('.');
  return entries.find(({ name, kind }) => kind === 'file' && name.toLowerCase() === 'mlproject')
    ?.name;
}

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
  return { fileName, document: parseOnce(text, files.uriOf(fileName)) };
}

/** What was read last, by URI: each key stroke in a sweep file asks about the same project. */
const recent = new Map<string, { readonly text: string; readonly document: ProjectDocument }>();
const mostRecent = 4;

function parseOnce(text: string, uri: string): ProjectDocument {
  const known = recent.get(uri);
  if (known?.text === text) return known.document;
  const document = parseProject(text, uri);
  recent.delete(uri);
  recent.set(uri, { text, document });
  for (const old of recent.keys()) if (recent.size > mostRecent) recent.delete(old);
  return document;
}

/** MLflow takes any case of the name. */
export async function projectFileName(files: ProjectFiles): Promise<string | undefined> {
  const entries = await files.list('.');
  return entries.find(({ name, kind }) => kind === 'file' && name.toLowerCase() === 'mlproject')
    ?.name;
}

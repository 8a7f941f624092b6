import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Range } from 'vscode-languageserver';
import type { ProjectModel } from './project/projectModel';
import { readProject } from './project/readProject';
import { readYaml } from './yaml/readYaml';
import type { YamlDocument } from './yaml/yamlDocument';
import type { Span } from './yaml/yamlTree';

/** An MLproject file: its text, the tree of it, and what MLflow makes of that. */
export interface ProjectDocument {
  readonly text: TextDocument;
  readonly yaml: YamlDocument;
  readonly project: ProjectModel;
}

const read = new WeakMap<
  TextDocument,
  { version: number; yaml: YamlDocument; project?: ProjectModel }
>();

/** The YAML of a document; read once for each version of it. */
export function yamlOf(text: TextDocument): YamlDocument {
  const known = read.get(text);
  if (known?.version === text.version) return known.yaml;
  const yaml = readYaml(text.getText());
  read.set(text, { version: text.version, yaml });
  return yaml;
}

/** The MLproject file in a document; read once for each version of it. */
export function projectOf(text: TextDocument): ProjectDocument {
  const yaml = yamlOf(text);
  const known = read.get(text);
  const project = known?.project ?? readProject(yaml);
  read.set(text, { version: text.version, yaml, project });
  return { text, yaml, project };
}

/** The MLproject file in a text that is not open, such as the one beside a sweep file. */
export function parseProject(text: string, uri = 'file:///MLproject'): ProjectDocument {
  return projectOf(TextDocument.create(uri, 'mlproject', 0, text));
}

export function rangeOf(text: TextDocument, { start, end }: Span): Range {
  return { start: text.positionAt(start), end: text.positionAt(end) };
}

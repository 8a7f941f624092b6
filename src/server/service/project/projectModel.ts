import type { FormatField, FormatPiece } from '../python/formatPieces';
import type { PythonValue } from '../python/pythonValue';
import type { SourceOffsets } from '../yaml/sourceOffsets';
import type { Span, YamlEntry, YamlMap, YamlNode, YamlScalar } from '../yaml/yamlTree';

/** What an MLproject file says, as far as it can be read: broken parts are left out, and found by the checks. */
export interface ProjectModel {
  /** Undefined where the root is no mapping. */
  readonly root: YamlMap | undefined;
  /** The root's entries as Python has them, by name. */
  readonly keys: ReadonlyMap<string, YamlEntry>;
  readonly name: NamedValue | undefined;
  /** `python_env`, `conda_env` and `docker_env`, in the order of the file. */
  readonly environments: readonly EnvironmentModel[];
  readonly entryPoints: readonly EntryPointModel[];
}

/** An entry whose key is a name. */
export interface NamedValue {
  readonly entry: YamlEntry;
  readonly value: PythonValue;
}

export type EnvironmentKey = 'python_env' | 'conda_env' | 'docker_env';

export interface EnvironmentModel extends NamedValue {
  readonly key: EnvironmentKey;
  /** Relative to the project's folder; undefined where the value is no text, or is empty. */
  readonly path: string | undefined;
}

export interface EntryPointModel {
  /** As Python prints the key. */
  readonly name: string;
  readonly entry: YamlEntry;
  /** The mapping with `parameters` and `command`; undefined where it is none. */
  readonly map: YamlMap | undefined;
  readonly parametersEntry: YamlEntry | undefined;
  readonly parameters: readonly ParameterModel[];
  readonly commandEntry: YamlEntry | undefined;
  /** Undefined where there is none that is a text. */
  readonly command: CommandModel | undefined;
}

export interface ParameterModel {
  /** As Python prints the key; what a placeholder in the command names. */
  readonly name: string;
  readonly entry: YamlEntry;
  readonly nameSpan: Span;
  /** `string` where none is written; undefined where it is no text. */
  readonly type: string | undefined;
  readonly typeNode: YamlNode | undefined;
  readonly defaultNode: YamlNode | undefined;
  /** Undefined where there is none: the parameter has to be given. */
  readonly defaultValue: PythonValue | undefined;
}

export interface CommandModel {
  readonly node: YamlScalar;
  readonly text: string;
  /** Text, placeholders and mistakes in their order; spans are offsets in `text`. */
  readonly pieces: readonly FormatPiece[];
  readonly offsets: SourceOffsets;
  /** All placeholders, those in the format of another one included. */
  readonly placeholders: readonly PlaceholderModel[];
}

/** Where a command names a parameter; spans are offsets in the document. */
export interface PlaceholderModel {
  readonly name: string;
  readonly field: FormatField;
  readonly span: Span;
  readonly nameSpan: Span;
}

import { innerSpan } from '../nodePath';
import type { Span } from '../yaml/yamlTree';
import type { CommandModel, ProjectModel } from './projectModel';

/** A file that an MLproject names, relative to its folder. */
export interface NamedFile {
  readonly path: string;
  readonly span: Span;
}

/** The files of environments, the scripts of commands and the defaults of `path` parameters, whether they exist or not. */
export function namedFiles({ environments, entryPoints }: ProjectModel): NamedFile[] {
  return [
    ...environments.flatMap(({ path, entry }) =>
      path === undefined ? [] : [{ path, span: innerSpan(entry.value) }],
    ),
    ...entryPoints.flatMap(({ command, parameters }) => [
      ...parameters.flatMap(({ type, defaultNode, defaultValue }) =>
        type === 'path' &&
        defaultNode !== undefined &&
        defaultValue?.type === 'str' &&
        !/^[a-z][a-z\d+.-]*:/i.test(defaultValue.text)
          ? [{ path: defaultValue.text, span: innerSpan(defaultNode) }]
          : [],
      ),
      ...(command === undefined ? [] : scriptsOf(command)),
    ]),
  ];
}

/** Words of a command that are scripts by their ending; those with a placeholder are not known. */
export function scriptsOf({ text, offsets }: CommandModel): NamedFile[] {
  return [...text.matchAll(/[^\s"';&|<>()$=`]+/g)].flatMap(({ 0: word, index }) =>
    /\.(?:py|sh|R|r)$/.test(word) && !/[{}*?]|^-|^[a-z]+:\/\//i.test(word)
      ? [{ path: word, span: offsets.toSourceSpan({ start: index, end: index + word.length }) }]
      : [],
  );
}

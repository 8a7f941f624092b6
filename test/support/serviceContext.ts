import { TextDocument } from 'vscode-languageserver-textdocument';
import { type LanguageSettings, usualLanguageSettings } from '../../src/protocol/language';
import type { ServiceContext } from '../../src/server/service/fileService';
import type { ProjectFiles } from '../../src/server/service/projectFiles';

const root = '/p';

/** Files by path below `/p`, where the document lies, too. */
export function serviceContext(
  files: Readonly<Record<string, string>> = {},
  settings: Partial<LanguageSettings> = {},
): ServiceContext {
  return {
    files: new FilesInMemory(new Map(Object.entries(files))),
    settings: { ...usualLanguageSettings, ...settings },
    isCancelled: () => false,
  };
}

export function documentOf(text: string, name = 'MLproject'): TextDocument {
  return TextDocument.create(`file://${root}/${name}`, 'yaml', 1, text);
}

class FilesInMemory implements ProjectFiles {
  constructor(private readonly texts: ReadonlyMap<string, string>) {}

  kindOf(path: string): ReturnType<ProjectFiles['kindOf']> {
    const name = this.nameOf(path);
    if (this.texts.has(name)) return Promise.resolve('file');
    const isFolder =
      name === '' || [...this.texts.keys()].some((one) => one.startsWith(`${name}/`));
    return Promise.resolve(isFolder ? 'folder' : 'missing');
  }

  read(path: string): Promise<string | undefined> {
    return Promise.resolve(this.texts.get(this.nameOf(path)));
  }

  list(path: string): ReturnType<ProjectFiles['list']> {
    const folder = this.nameOf(path);
    const start = folder === '' ? '' : `${folder}/`;
    const entries = new Map<string, 'file' | 'folder'>();
    for (const name of this.texts.keys()) {
      if (!name.startsWith(start)) continue;
      const [first = '', ...rest] = name.slice(start.length).split('/');
      entries.set(first, rest.length === 0 ? 'file' : 'folder');
    }
    return Promise.resolve([...entries].map(([name, kind]) => ({ name, kind })));
  }

  uriOf(path: string): string {
    return `file://${root}/${this.nameOf(path)}`;
  }

  private nameOf(path: string): string {
    const kept: string[] = [];
    for (const part of path.replace(new RegExp(`^${root}/`), '').split('/')) {
      if (part === '..') kept.pop();
      else if (part !== '' && part !== '.') kept.push(part);
    }
    return kept.join('/');
  }
}

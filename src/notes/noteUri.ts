import * as vscode from 'vscode';

import { noteScheme } from '../ids';
import { toOneLine } from '../mlflow/format';
import type { Thing } from '../mlflow/thing';

/** Whose description a document is. */
export interface NoteOwner {
  /** Id of the session. */
  readonly connection: string;
  readonly kind: Thing['kind'];
  readonly id: string;
}

const longestName = 60;

/** The address of a description; the name is for people only. */
export function noteUri(connection: string, { kind, id, name }: Thing): vscode.Uri {
  const parts = [encodeURIComponent(connection), ...(kind === 'experiment' ? ['experiment'] : [])];
  const path = [...parts, encodeURIComponent(id), `${fileName(name) || id}.md`].join('/');
  return vscode.Uri.from({ scheme: noteScheme, path: `/${path}` });
}

/** Whether an address is one of the folders that descriptions lie in. */
export function isFolder({ path }: vscode.Uri): boolean {
  return !path.endsWith('.md');
}

/** Whose description is meant; `undefined` for an address that {@link noteUri} does not make. */
export function noteOwner({ path }: vscode.Uri): NoteOwner | undefined {
  const match = /^\/([^/]+)\/(experiment\/)?([^/]+)\/[^/]+\.md$/.exec(path);
  const [, connection, experiment, id] = match ?? [];
  if (connection === undefined || id === undefined) {
    return undefined;
  }
  try {
    return {
      connection: decodeURIComponent(connection),
      kind: experiment === undefined ? 'run' : 'experiment',
      id: decodeURIComponent(id),
    };
  } catch {
    return undefined;
  }
}

/** A name of anybody as one part of a path, the way it stands in the title of a tab. */
function fileName(name: string): string {
  return toOneLine(name, longestName)
    .replace(/[\\/:*?"<>|#%]/g, '-')
    .replace(/^\.+/, '')
    .trim();
}

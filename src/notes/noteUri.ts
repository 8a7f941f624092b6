import * as vscode from 'vscode';

import { noteScheme } from '../ids';
import { toOneLine } from '../mlflow/format';
import type { ModelThing, VersionThing } from '../mlflow/registry/modelThing';
import type { Thing } from '../mlflow/thing';

/** What has a description. */
export type Described = Thing | ModelThing | VersionThing;

/** Whose description a document is. */
export interface NoteOwner {
  /** Id of the session. */
  readonly connection: string;
  readonly kind: Described['kind'];
  /** A model's is its name, a version's its number and the name, as `3/CarSeat`. */
  readonly id: string;
}

const longestName = 60;
/** As many digits of a run's id as tell it from others of its name. */
const digitsOfId = 8;

/** The address of a description. Its path is for people, in titles and breadcrumbs; its query names the owner. */
export function noteUri(connection: string, thing: Described): vscode.Uri {
  const { kind, name } = thing;
  const id = describedId(thing);
  const file = `${pathPart(name).replaceAll(':', '-') || id}.md`;
  const folders = [serverPart(connection), ...folderOf(thing)];
  return vscode.Uri.from({
    scheme: noteScheme,
    path: `/${[...folders, file].join('/')}`,
    query: `${kind}=${queryPart(id)}&on=${queryPart(connection)}`,
  });
}

/** Whether an address is one of the folders that descriptions lie in. */
export function isFolder({ path }: vscode.Uri): boolean {
  return !path.endsWith('.md');
}

/** Whose description is meant; `undefined` for an address that {@link noteUri} does not make. */
export function noteOwner(uri: vscode.Uri): NoteOwner | undefined {
  const query = new URLSearchParams(uri.query);
  const connection = query.get('on');
  const kind = kinds.find((each) => query.has(each));
  const id = kind && query.get(kind);
  return isFolder(uri) || !connection || !kind || !id ? undefined : { connection, kind, id };
}

const kinds = [
  'run',
  'experiment',
  'model',
  'version',
] as const satisfies readonly Described['kind'][];

/** What names a thing in the query. */
export function describedId(thing: Described): string {
  switch (thing.kind) {
    case 'run':
    case 'experiment':
      return thing.id;
    case 'model':
      return thing.name;
    case 'version':
      return `${thing.version}/${thing.name}`;
  }
}

/** Tells things of one name apart. */
function folderOf(thing: Described): readonly string[] {
  switch (thing.kind) {
    case 'run':
      return [thing.id.slice(0, digitsOfId)];
    case 'version':
      return [`v${thing.version}`];
    default:
      return [];
  }
}

/** VS Code shows an address that cannot be saved; it can be read where only what must be is escaped. */
function queryPart(text: string): string {
  return text.replace(/[%&+#]/g, encodeURIComponent);
}

/** Host and path of a server; the file or folder of a store. */
function serverPart(connection: string): string {
  const [, server] = /^https?:\/\/(.+)$/i.exec(connection) ?? [];
  return pathPart(server ?? connection.split(/[\\/]/).at(-1) ?? '') || 'mlflow';
}

/** A text of anybody as one part of a path. */
function pathPart(text: string): string {
  return toOneLine(text, longestName)
    .replace(/[\\/*?"<>|#%]/g, '-')
    .replace(/^\.+/, '')
    .trim();
}

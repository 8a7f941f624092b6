import { toOneLine } from './format';
import type { ArtifactOwner, ArtifactPlace } from './model';
import { textHash } from './textHash';

/** The first or the last megabyte of a text that is too large to be opened whole. */
export type ArtifactPart = 'head' | 'tail';

/** An artifact as documents of the editor name it. */
export interface ArtifactAddress {
  /** Names the session, see {@link connectionKey}. */
  readonly key: string;
  readonly place: ArtifactPlace;
  /** What the owner is called, for people. */
  readonly ownerName: string;
  readonly part?: ArtifactPart | undefined;
}

/** The parts of an address of the scheme `mlflow`, neither of them escaped. */
export interface AddressParts {
  readonly authority: string;
  readonly path: string;
  readonly query: string;
}

const longestName = 60;

/** Stand in the name of a file of which a part is shown, since that is what a tab shows; the same in all languages. */
const marks: Readonly<Record<ArtifactPart, string>> = { head: ' (first MB)', tail: ' (last MB)' };

/** Eight digits that tell a session of a window from the others, so that no address holds where it leads. */
export function connectionKey(connection: string): string {
  return textHash(connection).toString(16).padStart(8, '0');
}

/**
 * `mlflow://<key>/run/<run id>/<run name>/<path>`, `mlflow://<key>/model/<model id>/<name>/<path>` and
 * `mlflow://<key>/version/<model name>/<version>/<path>`. The path alone says which file it is, since editors add queries of their
 * own and drop others; of queries only `part=head` and `part=tail` mean something, and then the name of the file says so, too.
 */
export function toAddressParts(address: ArtifactAddress): AddressParts {
  const { key, place, ownerName, part } = address;
  const inner = part === undefined ? place.path : marked(place.path, part);
  const folders = [...ownerFolders(place.owner, ownerName), ...inner.split('/')];
  return {
    authority: key,
    path: `/${folders.filter((folder) => folder !== '').join('/')}`,
    query: part === undefined ? '' : `part=${part}`,
  };
}

/** `undefined` for an address that {@link toAddressParts} does not make, such as one that leads out of its owner. */
export function fromAddressParts({
  authority,
  path,
  query,
}: AddressParts): ArtifactAddress | undefined {
  const [, kind, id, name, ...inner] = path.split('/');
  if (!/^[0-9a-f]{8}$/.test(authority) || !id || !name || inner.some((each) => !isName(each))) {
    return undefined;
  }
  const owner = toOwner(kind, id, name);
  const asked = new URLSearchParams(query).get('part');
  const part = asked === 'head' || asked === 'tail' ? asked : undefined;
  const shown = inner.join('/');
  return (
    owner && {
      key: authority,
      place: { owner, path: part === undefined ? shown : unmarked(shown, part) },
      ownerName: owner.kind === 'version' ? owner.name : name,
      ...(part !== undefined && { part }),
    }
  );
}

/** Before the ending, so that the text keeps its language. */
function marked(path: string, part: ArtifactPart): string {
  const [, stem = '', ending = ''] = /^(.*?[^/])(\.[^./]*)?$/s.exec(path) ?? [];
  return `${stem}${marks[part]}${ending}`;
}

function unmarked(path: string, part: ArtifactPart): string {
  const at = path.lastIndexOf(marks[part]);
  return at < 0 ? path : path.slice(0, at) + path.slice(at + marks[part].length);
}

/** Whether a path can be part of an address: without empty parts, `.`, `..` and NUL. The root's is empty. */
export function isPlainPath(path: string): boolean {
  return path === '' || path.split('/').every(isName);
}

/** Whether two are the files of the same thing. */
export function sameOwner(a: ArtifactOwner, b: ArtifactOwner): boolean {
  return ownerKey(a) === ownerKey(b);
}

/** Tells owners apart. */
export function ownerKey(owner: ArtifactOwner): string {
  return ownerFolders(owner, '-').join('/');
}

/** Tells places apart. */
export function placeKey({ owner, path }: ArtifactPlace): string {
  return `${ownerKey(owner)}//${path}`;
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function ownerFolders(owner: ArtifactOwner, name: string): readonly string[] {
  switch (owner.kind) {
    case 'run':
      return ['run', owner.runId, forPeople(name)];
    case 'loggedModel':
      return ['model', owner.modelId, forPeople(name)];
    case 'version':
      return ['version', escaped(owner.name), owner.version];
  }
}

function toOwner(kind: string | undefined, id: string, name: string): ArtifactOwner | undefined {
  switch (kind) {
    case 'run':
      return { kind: 'run', runId: id };
    case 'model':
      return { kind: 'loggedModel', modelId: id };
    case 'version':
      return { kind: 'version', name: unescaped(id), version: name };
    default:
      return undefined;
  }
}

function isName(part: string): boolean {
  return part !== '' && part !== '.' && part !== '..' && !part.includes('\0');
}

function forPeople(name: string): string {
  const plain = toOneLine(name, longestName).replace(/[\\/:*?"<>|#%]/g, '-');
  return plain.replace(/^\.+/, '').trim() || '-';
}

/** Names of models may hold what parts of a path cannot. */
function escaped(name: string): string {
  const plain = name.replace(/[%/\\]/g, encodeURIComponent);
  return /^\.+$/.test(plain) ? plain.replaceAll('.', '%2E') : plain;
}

function unescaped(name: string): string {
  return name.replace(/%(?:25|2F|5C|2E)/g, decodeURIComponent);
}

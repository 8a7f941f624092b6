import type { PlatformPath } from 'node:path';
import { leadsToOtherMachine } from '../../mlflow/networkShare';
import { elsewhere } from './refusals';

/** Where the folder of an artifact URI may be; the first one that exists is it. */
export interface ArtifactPlaces {
  readonly folders: readonly string[];
  /** A folder whose presence means that artifacts of this kind lie here, even where this run has none. */
  readonly home: string | undefined;
}

/**
 * Folders that an `artifact_uri` may mean: a path or a `file:` URI as MLflow's `local_file_uri_to_path` reads
 * it, relative ones from `storeFolder`; `mlflow-artifacts:` next to the store, in the folders that `mlflow server`
 * uses by default. Throws `unsupported` (`artifacts`) for any other scheme, and for another machine's share:
 * a store that came with a workspace must not make Windows sign in there.
 */
export function artifactPlaces(
  artifactUri: string,
  storeFolder: string,
  paths: PlatformPath,
): ArtifactPlaces {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(artifactUri)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    return { folders: [localFolder(artifactUri, storeFolder, paths)], home: undefined };
  }
  if (scheme === 'file') {
    const [, host = '', rest = ''] = /^file:(?:\/\/([^/?#]*))?([^?#]*)/i.exec(artifactUri) ?? [];
    const shared = paths.sep === '\\' && host !== '' ? `//${host}` : '';
    return { folders: [localFolder(shared + rest, storeFolder, paths)], home: undefined };
  }
  if (scheme === 'mlflow-artifacts') {
    return servedPlaces(artifactUri, storeFolder, paths);
  }
  throw elsewhere(artifactUri, `${scheme}: addresses are read through an MLflow server`);
}

function servedPlaces(uri: string, storeFolder: string, paths: PlatformPath): ArtifactPlaces {
  const inside = uri.replace(/^[^:]+:(?:\/\/[^/]*)?\/*/, '');
  if (!isInnerPath(inside, paths)) {
    throw elsewhere(uri, 'the address leads out of its folder');
  }
  const roots = ['mlartifacts', 'mlruns'].map((name) => paths.join(storeFolder, name));
  return { folders: roots.map((root) => paths.join(root, inside)), home: roots[0] };
}

function localFolder(uriPath: string, storeFolder: string, paths: PlatformPath): string {
  const decoded = unquote(uriPath);
  const windows = paths.sep === '\\';
  const folder = paths.resolve(
    storeFolder,
    windows && /^[\\/]+[a-z]:/i.test(decoded) ? decoded.replace(/^[\\/]+/, '') : decoded,
  );
  if (folder.includes('\0') || (windows && leadsToOtherMachine(folder, storeFolder))) {
    throw elsewhere(uriPath, 'they lie on another machine');
  }
  return folder;
}

/** Python's `unquote`: what is no escape stays as it is. */
function unquote(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) =>
    Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8'),
  );
}

/** Whether `path`, relative and with `/`, names something below the folder that it is joined to. */
export function isInnerPath(path: string, paths: PlatformPath): boolean {
  const foreign = paths.sep === '\\' ? /[\\:\0]/ : /\0/;
  return !path.startsWith('/') && !foreign.test(path) && !path.split('/').includes('..');
}

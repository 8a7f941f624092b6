import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';

import type { TlsOptions } from '../mlflow/transport';
import { TransportProblem } from './transportProblem';

/** Where relative paths count from. */
export interface PathBase {
  readonly folder: string | undefined;
  readonly home: string;
}

/** A path of a setting or variable as a whole one: `~`, `${workspaceFolder}`, else below the folder. */
export function wholePath(text: string, { folder, home }: PathBase): string {
  const path = text
    .replace(/^~(?=$|[\\/])/, () => home)
    .replaceAll('${workspaceFolder}', () => folder ?? home);
  return resolve(folder ?? home, path);
}

/** Whether the file itself, not only a link to it, lies in the folder. */
export async function isInFolder(path: string, folder: string | undefined): Promise<boolean> {
  if (folder === undefined) {
    return false;
  }
  const [file, root] = await Promise.all([whereIs(path), whereIs(folder)]);
  const way = relative(root, file);
  return way !== '' && !way.startsWith('..') && !isAbsolute(way);
}

async function whereIs(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}

const certificate =
  /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]+-----END (?:TRUSTED )?CERTIFICATE-----/g;
const privateKey = /-----BEGIN ([A-Z ]*)PRIVATE KEY-----[^]+?-----END \1PRIVATE KEY-----/;

/** The authorities in a PEM file, or in all files of a folder. Throws `TransportProblem`. */
export async function readAuthorities(path: string): Promise<readonly string[]> {
  const texts = await reading('caFile', path, async () => {
    const files = (await stat(path)).isDirectory() ? await filesIn(path) : [path];
    return Promise.all(files.map((file) => readFile(file, 'utf8')));
  });
  const found = texts.flatMap((text) => text.match(certificate) ?? []);
  if (found.length === 0 || !found.every(isCertificate)) {
    throw new TransportProblem({ what: 'noCertificate', path });
  }
  return [...new Set(found)];
}

/** Certificate and key out of one PEM file, the key not encrypted. Throws `TransportProblem`. */
export async function readClientCertificate(
  path: string,
): Promise<NonNullable<TlsOptions['clientCertificate']>> {
  const text = await reading('clientCertificate', path, () => readFile(path, 'utf8'));
  const chain = text.match(certificate) ?? [];
  const [first] = chain;
  if (first === undefined || !isCertificate(first)) {
    throw new TransportProblem({ what: 'noCertificate', path });
  }
  const key = privateKey.exec(text)?.[0];
  if (key === undefined) {
    throw new TransportProblem({ what: 'noKey', path });
  }
  if (/ENCRYPTED/.test(key)) {
    throw new TransportProblem({ what: 'encryptedKey', path });
  }
  if (!fits(first, key)) {
    throw new TransportProblem({ what: 'otherKey', path });
  }
  return { cert: chain.join('\n'), key };
}

/** A short name for these authorities, another one as soon as any of them changes. */
export function fingerprint(authorities: readonly string[]): string {
  return createHash('sha256').update(authorities.join('\n')).digest('hex').slice(0, 16);
}

async function reading<T>(
  what: 'caFile' | 'clientCertificate',
  path: string,
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new TransportProblem({ what, path, why: code });
  }
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => !entry.isDirectory()).map(({ name }) => join(folder, name));
}

function isCertificate(text: string): boolean {
  try {
    return new X509Certificate(text.replaceAll('TRUSTED ', '')).subject !== undefined;
  } catch {
    return false;
  }
}

function fits(cert: string, key: string): boolean {
  try {
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}

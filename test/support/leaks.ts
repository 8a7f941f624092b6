import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';

/** A text that must not be found, in every guise that a program might have given it. */
export function guisesOf(user: string, secret: string): readonly string[] {
  const pair = Buffer.from(`${user}:${secret}`, 'utf8').toString('base64');
  return [
    ...new Set([
      secret,
      encodeURIComponent(secret),
      encodeURI(secret),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret, 'utf8').toString('base64').replace(/=+$/, ''),
      pair.replace(/=+$/, ''),
    ]),
  ];
}

/** What was looked through, and where a guise was found. */
export interface Search {
  readonly looked: number;
  readonly found: readonly string[];
}

const holdsAny = (bytes: Buffer, guises: readonly string[]): boolean =>
  guises.some((guise) => bytes.includes(guise, 0, 'utf8') || bytes.includes(guise, 0, 'utf16le'));

/** Looks through every file below the folders, names included. */
export async function searchFiles(
  folders: readonly string[],
  guises: readonly string[],
): Promise<Search> {
  let looked = 0;
  const found: string[] = [];
  for (const folder of folders) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const file = path.join(entry.parentPath, entry.name);
      const bytes = entry.isFile() ? await readFile(file).catch(() => undefined) : undefined;
      looked += bytes === undefined ? 0 : 1;
      if (holdsAny(Buffer.from(file), guises) || (bytes && holdsAny(bytes, guises))) {
        found.push(file);
      }
    }
  }
  return { looked, found };
}

/** Looks through arguments and environments of every process that may be looked at (Linux). */
export async function searchProcesses(guises: readonly string[]): Promise<Search> {
  let looked = 0;
  const found: string[] = [];
  for (const id of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    for (const part of ['cmdline', 'environ']) {
      const bytes = await readFile(`/proc/${id}/${part}`).catch(() => undefined);
      looked += bytes === undefined ? 0 : 1;
      if (bytes !== undefined && holdsAny(bytes, guises)) {
        found.push(`${part} of process ${id}`);
      }
    }
  }
  return { looked, found };
}

/** Looks through what a page shows and keeps: address, title, elements, and its storage by key. */
export async function searchPage(page: Page, guises: readonly string[]): Promise<Search> {
  const shown = { address: page.url(), title: await page.title(), page: await page.content() };
  const inputs = await page
    .locator('input, textarea')
    .evaluateAll((elements) =>
      elements.map((element) => (element as HTMLInputElement | HTMLTextAreaElement).value),
    );
  const kept = await page.evaluate(readStorage);
  const places = new Map([...Object.entries(shown), ['inputs', inputs.join('\n')], ...kept]);
  const found = [...places].filter(([name, text]) =>
    holdsAny(Buffer.from(`${name} ${text}`), guises),
  );
  return { looked: places.size, found: found.map(([name]) => name) };
}

/** Runs in the page: everything in its local, session and indexed storage. */
async function readStorage(): Promise<[string, string][]> {
  const entries: [string, string][] = [];
  for (const storage of [localStorage, sessionStorage]) {
    for (const [key, value] of Object.entries(storage)) {
      entries.push([`storage ${key}`, String(value)]);
    }
  }
  const asked = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('no database'));
    });
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await asked(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const objects = database.transaction(store).objectStore(store);
      const keys = await asked(objects.getAllKeys());
      const values: unknown[] = await asked(objects.getAll());
      values.forEach((value, index) => {
        const text =
          value instanceof Uint8Array ? new TextDecoder().decode(value) : JSON.stringify(value);
        entries.push([`database ${name} ${store} ${JSON.stringify(keys[index])}`, text]);
      });
    }
    database.close();
  }
  return entries;
}

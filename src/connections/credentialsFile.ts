import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Variables } from './variables';

/**
 * User name and password from `~/.mlflow/credentials`, under the names of the environment variables
 * that they stand in for. It is an INI file as Python's `configparser` reads it, section `[mlflow]`
 * (`mlflow.utils.credentials`). Empty where there is no file; rejects where it cannot be read.
 */
export async function readCredentialsFile(home: string): Promise<Variables> {
  try {
    return parseCredentials(await readFile(join(home, '.mlflow', 'credentials'), 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return {};
    }
    throw error;
  }
}

/** Takes the section `[mlflow]`, with the values of `[DEFAULT]` beneath. */
export function parseCredentials(text: string): Variables {
  const sections = parseSections(text);
  const own = sections.get('mlflow');
  if (own === undefined) {
    return {};
  }
  const values = new Map([...(sections.get('DEFAULT') ?? []), ...own]);
  const names = ['MLFLOW_TRACKING_USERNAME', 'MLFLOW_TRACKING_PASSWORD'];
  return Object.fromEntries(
    names.map((name) => [name, interpolated(values.get(name.toLowerCase()), values)]),
  );
}

type Values = ReadonlyMap<string, string>;

function parseSections(text: string): ReadonlyMap<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  let lastKey: string | undefined;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
    const content = line.trim();
    const name = /^\[(.+)\]/.exec(content)?.[1];
    const option = /^([^=:]*?)\s*[=:]\s*(.*)$/s.exec(content);
    if (content === '' || content.startsWith('#') || content.startsWith(';')) {
      continue;
    }
    if (/^\s/.test(line) && lastKey !== undefined && section !== undefined) {
      section.set(lastKey, `${section.get(lastKey)}\n${content}`);
    } else if (name !== undefined) {
      section = sections.get(name) ?? new Map<string, string>();
      sections.set(name, section);
      lastKey = undefined;
    } else if (option?.[1] !== undefined && section !== undefined) {
      lastKey = option[1].toLowerCase();
      section.set(lastKey, option[2] ?? '');
    }
  }
  return sections;
}

/** `%%` is a percent sign, `%(name)s` another value; a lone percent sign, which Python refuses, stays. */
function interpolated(value: string | undefined, values: Values, depth = 0): string | undefined {
  return value?.replace(/%%|%\(([^)]+)\)s/g, (whole, name: string | undefined) => {
    if (name === undefined) {
      return '%';
    }
    const other = depth < 10 ? interpolated(values.get(name.toLowerCase()), values, depth + 1) : '';
    return other ?? whole;
  });
}

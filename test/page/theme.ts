import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../scripts/paths.mts';

/** What VS Code gave to a page under one of its themes, as `scripts/recordThemes.mts` recorded it. */
export interface RecordedTheme {
  readonly theme: string;
  readonly bodyClass: string;
  readonly themeKind: string;
  readonly defaultStyles: string;
  readonly variables: Readonly<Record<string, string>>;
}

export const themeKinds = ['dark', 'light', 'highContrast', 'highContrastLight'] as const;

export type ThemeKind = (typeof themeKinds)[number];

export function recordedTheme(kind: ThemeKind): RecordedTheme {
  const file = path.join(root, 'test', 'fixtures', 'themes', `${kind}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as RecordedTheme;
}

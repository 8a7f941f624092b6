import type { VersionView } from '../../src/protocol/versionPage';
import { oneLine } from '../kit/oneLine';

const longest = 200;

/** What a version is called in sentences. */
export function versionName({ name, version }: Pick<VersionView, 'name' | 'version'>): string {
  return `${oneLine(name, longest)} v${version}`;
}

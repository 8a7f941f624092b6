import { toOneLine } from './format';

/** Text of anybody as a label, where VS Code would draw an icon for `$(trash)`. */
export function plainLabel(text: string): string {
  return toOneLine(text).replace(/\$\([a-z0-9-]+(?:~[a-z]+)?\)/gi, '\\$&');
}

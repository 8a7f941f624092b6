/**
 * A glob as VS Code's settings have it: `*`, `**`, `?`, `{a,b}`, `[a-z]`. Without a `/` it is about the name of a file alone.
 * Matches nothing when it is empty or no glob.
 */
export function globPattern(glob: string): (path: string) => boolean {
  const trimmed = glob.trim();
  if (trimmed === '') {
    return () => false;
  }
  const anywhere = trimmed.includes('/') ? trimmed.replace(/^\.?\//, '') : `**/${trimmed}`;
  const pattern = regularExpression(anywhere);
  return (path) => pattern?.test(path) ?? false;
}

const parts = /\*\*\/|\*\*|\*|\?|\[!?[^\]]+\]|[{},]|[^]/g;

function regularExpression(glob: string): RegExp | undefined {
  let depth = 0;
  const source = (glob.match(parts) ?? []).map((part) => {
    switch (part) {
      case '**/':
        return '(?:[^/]*/)*';
      case '**':
        return '.*';
      case '*':
        return '[^/]*';
      case '?':
        return '[^/]';
      case '{':
        depth++;
        return '(?:';
      case '}':
        depth--;
        return ')';
      case ',':
        return depth > 0 ? '|' : ',';
    }
    return part.length > 1 ? part.replace('[!', '[^') : part.replace(/[\\^$.|+()[\]]/g, '\\$&');
  });
  try {
    return new RegExp(`(?:^|/)${source.join('')}$`, 's');
  } catch {
    return undefined;
  }
}

const mostParts = 40;

/**
 * Where in a folder of the workspace the file that made a run may be, the likeliest first: runs are logged on other
 * machines, too, whose folders are called otherwise but end alike. Nothing leads out of the folder.
 *
 * @param source the tag `mlflow.source.name`: a path of either kind of system
 * @param folder path of the workspace folder, with `/`
 */
export function sourcePaths(source: string, folder: string): readonly string[] {
  const path = source.replaceAll('\\', '/');
  const inside = path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;
  const parts = inside
    .replace(/^[a-z]:/i, '')
    .split('/')
    .filter((part) => part !== '');
  if (parts.length === 0 || parts.length > mostParts || parts.some(isNoName)) {
    return [];
  }
  return parts.map((_, start) => parts.slice(start).join('/'));
}

function isNoName(part: string): boolean {
  return part === '..' || part === '.' || part.includes('\0');
}

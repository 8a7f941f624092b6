/** Server and share of a Windows network path, in lower case; device paths such as `\\\\.\\` count as one, too. Empty for other paths. */
function shareOf(path: string): string {
  return /^[\\/]{2}[^\\/]+[\\/]+[^\\/]*/.exec(path)?.[0].replaceAll('/', '\\').toLowerCase() ?? '';
}

/**
 * Whether looking at `path` makes Windows sign in to another machine than the one that `folder`, which is open already,
 * lies on. The name and a hash of the password of the person go to whatever machine is named.
 */
export function leadsToOtherMachine(path: string, folder: string | undefined): boolean {
  const share = shareOf(path);
  return share !== '' && share !== shareOf(folder ?? '');
}

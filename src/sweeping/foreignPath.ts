import { isAbsolute, normalize } from 'node:path';

/** Opening a path of another machine's share sends a Windows user's sign-in there. */
export function mayBeOpened(path: string): boolean {
  return isAbsolute(path) && !/^[\\/]{2}/.test(path);
}

const others =
  /(?:^|[\\/])(?:node_modules|\.?v?env|site-packages|__pycache__|\.tox|\.nox|lib[\\/]python[\d.]+)[\\/]/i;

/**
 * Whether a path says plainly which file it is, and that is none of an environment's: `-c…` would be an option of Python, a detour
 * by `..` hides what it names, and a script of an installed package does what its parameters say.
 */
export function isPlainScript(file: string): boolean {
  const plain = normalize(file);
  return (
    !plain.startsWith('-') &&
    plain.replaceAll('\\', '/') === file.replaceAll('\\', '/') &&
    !others.test(plain)
  );
}

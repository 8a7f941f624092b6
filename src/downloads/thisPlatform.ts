import type { Platform } from './safePath';

/** Whose rules hold where the extension runs. */
export const thisPlatform: Platform =
  process.platform === 'win32' || process.platform === 'darwin' ? process.platform : 'linux';

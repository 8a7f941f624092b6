import { textHash } from '../mlflow/textHash';

/** Whose rules of file names hold. */
export type Platform = 'win32' | 'darwin' | 'linux';

/** Why a path that a server listed is not written to this machine. */
export type Refusal =
  /** Nothing, an empty part, or a broken character. */
  | 'malformed'
  /** Control characters, and those that turn the direction of writing. */
  | 'control'
  /** A path from the root, of a drive, a share or a device. */
  | 'absolute'
  /** `..` and what systems take for it. */
  | 'climbs'
  /** A separator of another system. */
  | 'separator'
  /** It would be one of these once it is decoded or normalised. */
  | 'disguised'
  /** A device of Windows, such as `NUL.txt`. */
  | 'device'
  /** A dot or blank at its end, which Windows drops. */
  | 'ending'
  /** A character that Windows does not take in names. */
  | 'character'
  /** `a:b`, a stream of the file `a` on Windows. */
  | 'stream'
  /** A short name of Windows, which may be another file's. */
  | 'shortName'
  /** Git runs what is said in there. */
  | 'git'
  /** A name of our own unfinished files. */
  | 'unfinished'
  | 'tooLong'
  | 'tooDeep'
  /** Another entry of the folder has, for this file system, the same name. */
  | 'sameName'
  /** Not directly in the folder that was listed. */
  | 'elsewhere';

/** Where a listed path goes below the chosen folder, part by part, or why it does not. */
export type SafePath =
  | { readonly parts: readonly string[]; readonly refusal?: undefined }
  | { readonly refusal: Refusal };

/** What a file that is not whole yet is called: its name and this. */
export const partEnding = '.mlflow-part';

const mostParts = 100;
/** UTF-8 bytes on Linux, UTF-16 units elsewhere; `PATH_MAX` and its like, with some room for the chosen folder. */
const longestPath: Readonly<Record<Platform, number>> = { win32: 30_000, darwin: 900, linux: 3900 };
const longestName = 255;

/** Decides about a path as a server lists it: with `/`, relative to the root of its run. */
export function safePath(path: string, platform: Platform): SafePath {
  if (sizeOf(path, platform) > longestPath[platform]) {
    return { refusal: 'tooLong' };
  }
  const parts = path.split('/');
  const refusal =
    danger(path) ??
    (parts.length > mostParts ? 'tooDeep' : undefined) ??
    first(parts, (part) => nameRefusal(part, platform));
  return refusal === undefined ? { parts } : { refusal };
}

/** What is wrong with a path on any system. */
function danger(path: string): Refusal | undefined {
  if (path === '' || /\p{Cs}/u.test(path)) {
    return 'malformed';
  }
  const unseen = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/.test(
    path,
  );
  return unseen ? 'control' : (leads(path) ?? (/\/\/|\/$/.test(path) ? 'malformed' : undefined));
}

/** Where a path would lead out of the folder that it is put below. */
function leads(path: string): Refusal | undefined {
  if (/^(?:[/\\]|[a-z]:)/i.test(path)) {
    return 'absolute';
  }
  // Windows drops dots and blanks at the end of names, and Java servers what follows a semicolon.
  if (path.split(/[/\\]/).some((part) => /^[. ]+(?:;|$)/.test(part))) {
    return 'climbs';
  }
  return path.includes('\\') ? 'separator' : undefined;
}

/** Deeper than this nobody encodes by mistake. */
const mostDecodings = 8;

/** Whether what it is once decoded, or normalised as some systems do, leads elsewhere. */
function isDisguised(name: string): boolean {
  let guise = name;
  for (let round = 0; round < mostDecodings; round++) {
    const normal = guise.normalize('NFKC');
    if ([guise, normal].some((each) => /[\u0000-\u001f]/.test(each) || leads(each))) {
      return true;
    }
    const decoded = decodeOnce(guise);
    if (decoded === guise) {
      return false;
    }
    guise = decoded;
  }
  return true;
}

/** Characters that careless decoders make of longer sequences than UTF-8 allows. */
const overlong: Readonly<Record<string, string>> = {
  '%c0%ae': '.',
  '%e0%80%ae': '.',
  '%c0%af': '/',
  '%e0%80%af': '/',
  '%c1%9c': '\\',
};

function decodeOnce(text: string): string {
  return text
    .replace(/%c0%a[ef]|%e0%80%a[ef]|%c1%9c/gi, (found) => overlong[found.toLowerCase()] ?? found)
    .replace(/%u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    .replace(/(?:%[0-9a-f]{2})+/gi, (found) => {
      try {
        return decodeURIComponent(found);
      } catch {
        return found.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) =>
          String.fromCharCode(parseInt(hex, 16)),
        );
      }
    });
}

/** Windows takes these for devices whatever follows after a dot; the small digits, too. */
const device = /^(?:con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[0-9¹²³])$/i;

function nameRefusal(name: string, platform: Platform): Refusal | undefined {
  // A name that would lead elsewhere by itself is none, wherever it stands.
  const leading = leads(name) ?? (isDisguised(name) ? 'disguised' : undefined);
  if (leading !== undefined) {
    return leading;
  }
  const plain = folded(name).replace(/[. ]+$/, '');
  if (plain === '.git') {
    return 'git';
  }
  if (['', '.json', '.done'].some((ending) => plain.endsWith(partEnding + ending))) {
    return 'unfinished';
  }
  if (sizeOf(name, platform) > longestName) {
    return 'tooLong';
  }
  return platform === 'win32' ? windowsRefusal(name) : undefined;
}

/** By https://learn.microsoft.com/windows/win32/fileio/naming-a-file. */
function windowsRefusal(name: string): Refusal | undefined {
  if (name.includes(':')) {
    return 'stream';
  }
  if (/[<>"|?*]/.test(name)) {
    return 'character';
  }
  if (/[. ]$/.test(name)) {
    return 'ending';
  }
  const [stem = ''] = name.split('.');
  if (device.test(stem.trimEnd())) {
    return 'device';
  }
  return /^[^.~]{1,6}~\d{1,6}(?:\.[^.]{0,3})?$/.test(name) ? 'shortName' : undefined;
}

/** What file systems that ignore case, normal form or invisible characters know a name by. */
export function folded(name: string): string {
  return name
    .normalize('NFC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFC');
}

/** The name of the unfinished file of `name`, which fits where `name` does. */
export function partName(name: string, platform: Platform): string {
  const whole = `${name}${partEnding}`;
  // The other files beside it have longer names.
  if (sizeOf(`${whole}.json`, platform) <= longestName) {
    return whole;
  }
  let beginning = '';
  for (const character of name) {
    if (sizeOf(beginning + character, platform) > 200) {
      break;
    }
    beginning += character;
  }
  return `${beginning}-${textHash(name).toString(16)}${partEnding}`;
}

/** As the system counts the length of names. */
function sizeOf(text: string, platform: Platform): number {
  if (platform !== 'linux') {
    return text.length;
  }
  let bytes = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    // Each half of a pair counts for two of its four bytes.
    bytes += code < 0x80 ? 1 : code < 0x800 || (code & 0xf800) === 0xd800 ? 2 : 3;
  }
  return bytes;
}

function first<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

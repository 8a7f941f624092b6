const longestName = 100;
/** Most file systems take 255 bytes, of which UTF-8 needs up to four a character. */
const mostBytes = 200;
/** What Windows, macOS or Linux does not take in a name, and what hides in one. */
const unfit =
  /[\u0000-\u001f\u007f<>:"/\\|?*\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/g;
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** A file name that every system takes, made of one that holds names of anybody; its extension stays. */
export function fileNameOf(suggested: string): string {
  const dot = suggested.lastIndexOf('.');
  const extension = /^\.[a-z0-9]{1,8}$/i.test(suggested.slice(dot)) ? suggested.slice(dot) : '';
  const stem = beginning(
    suggested.slice(0, suggested.length - extension.length).replace(unfit, '-'),
  ).replace(/^[\s.-]+|[\s.-]+$/g, '');
  return `${reserved.test(stem) ? '_' : ''}${stem === '' ? 'mlflow' : stem}${extension}`;
}

function beginning(text: string): string {
  let bytes = 0;
  const characters = [...text].slice(0, longestName);
  return characters.filter((each) => (bytes += bytesOf(each)) <= mostBytes).join('');
}

/** In UTF-8. */
function bytesOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

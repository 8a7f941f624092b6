const longestName = 100;
/** What Windows, macOS or Linux does not take in a name, and what hides in one. */
const unfit =
  /[\u0000-\u001f\u007f<>:"/\\|?*\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/g;
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** A file name that every system takes, made of one that holds names of anybody; its extension stays. */
export function fileNameOf(suggested: string): string {
  const dot = suggested.lastIndexOf('.');
  const extension = /^\.[a-z0-9]{1,8}$/i.test(suggested.slice(dot)) ? suggested.slice(dot) : '';
  const stem = [...suggested.slice(0, suggested.length - extension.length).replace(unfit, '-')]
    .slice(0, longestName)
    .join('')
    .replace(/^[\s.-]+|[\s.-]+$/g, '');
  return `${reserved.test(stem) ? '_' : ''}${stem === '' ? 'mlflow' : stem}${extension}`;
}

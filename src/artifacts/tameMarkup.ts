const plainTags =
  'a|abbr|b|blockquote|br|caption|center|code|col|colgroup|dd|del|details|div|dl|dt|em|font|h[1-6]|hr|i|img|ins|kbd|li|mark|ol|p|pre|q|s|samp|section|small|span|strike|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|var|wbr';
const plainAttributes =
  'align|alt|bgcolor|border|class|color|colspan|dir|face|height|id|lang|name|open|rowspan|scope|scoped|size|span|start|title|valign|width';
const ownPicture = 'attachment:|data:image/(?:png|jpeg|gif|webp);base64,';

const quoted = (inner: string): string => `(?:"${inner}[^"<>]*"|'${inner}[^'<>]*')`;
const notPlaced = '(?![^<>"\']*position)';
const attribute = [
  `(?:${plainAttributes})(?:=(?:${quoted('')}|[\\w%#.-]+))?`,
  // Without brackets a style names no address, and without a position it lays nothing over what others show.
  `style=(?:"${notPlaced}[\\w\\s:;.,#%!-]*"|'${notPlaced}[\\w\\s:;.,#%!-]*')`,
  `href=${quoted('(?:https?:|mailto:|#)')}`,
  `src=${quoted(`(?:${ownPicture})`)}`,
].join('|');
const tag = new RegExp(
  `<(?:/(?:${plainTags})\\s*|(?:${plainTags})(?:\\s+(?:${attribute}))*\\s*/?)>`,
  'iy',
);
const comment = /<!--[^<>-]*-->/y;
const functions = 'rgba?|hsla?|calc|not|nth-child|nth-of-type';
const style = new RegExp(
  `<style(?:\\s+(?:scoped|type="text/css"))*\\s*>(?![^<]*position)(?:[^<\\\\@(]|(?<=[\\s:,](?:${functions}))\\()*</style>`,
  'iy',
);
const markdownPicture = new RegExp(`!\\[[^[\\]<>]*\\]\\((?:${ownPicture})[^()\\s<>]*\\)`, 'iy');
const pythonName =
  /<(?:module|lambda|(?:list|dict|set)comp|genexpr|string|stdin|cell line: \d+|ipython-input[\w-]*|frozen [\w.]+)>/y;

/** What begins a tag, a comment or the like as HTML has it; terminals' colors may stand in between. */
const markup = /<(?=[a-z/!?\u001b])/gi;
/** Also pictures of Markdown, which are asked for as soon as they are seen. */
const markupAndPictures = /<(?=[a-z/!?])|!(?=\[)/gi;

/** Whether HTML holds nothing but tags and styles that run nothing and ask for nothing. */
export function isTameHtml(html: string): boolean {
  return setApart(html, markup, [tag, comment, style]) === html;
}

/** Markdown whose other tags, and pictures from elsewhere, are text: a space follows what would begin them. */
export function tameMarkdown(markdown: string): string {
  return setApart(markdown, markupAndPictures, [tag, comment, markdownPicture]);
}

/** A line of a traceback without tags, but with the names that Python writes like tags. */
export function tameTraceback(line: string): string {
  return setApart(line, markup, [pythonName]);
}

/** Puts a space after every beginning that none of what is harmless stands at. */
function setApart(text: string, beginning: RegExp, harmless: readonly RegExp[]): string {
  let made = '';
  let copied = 0;
  beginning.lastIndex = 0;
  for (let match = beginning.exec(text); match !== null; match = beginning.exec(text)) {
    const length = lengthOf(harmless, text, match.index);
    if (length > 0) {
      beginning.lastIndex = match.index + length;
    } else {
      made += `${text.slice(copied, match.index + 1)} `;
      copied = match.index + 1;
    }
  }
  return made + text.slice(copied);
}

/** Of the first of these that stands at this place; 0 where none does. */
function lengthOf(harmless: readonly RegExp[], text: string, place: number): number {
  for (const each of harmless) {
    each.lastIndex = place;
    const found = each.exec(text);
    if (found !== null) {
      return found[0].length;
    }
  }
  return 0;
}

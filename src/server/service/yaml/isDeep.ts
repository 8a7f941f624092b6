/** Brackets within brackets, or items within items on one line, beyond which a text is no file that a person wrote. */
const most = 100;

/** Whether a text nests so deeply that guessing at what it means takes too long. Quotes are not looked at. */
export function isDeep(text: string): boolean {
  let brackets = 0;
  let items = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case '[':
      case '{':
        brackets++;
        break;
      case ']':
      case '}':
        brackets = Math.max(0, brackets - 1);
        break;
      case '-':
      case '?':
        items += text[at + 1] === ' ' ? 1 : 0;
        break;
      case '\n':
        items = 0;
        break;
      default:
    }
    if (brackets > most || items > most) {
      return true;
    }
  }
  return false;
}

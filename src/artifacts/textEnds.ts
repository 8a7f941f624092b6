const lineFeed = 10;
/** A line that is longer is cut. */
const longestRest = 64 * 1024;

/** The beginning of a text without the line, or else the character, that is broken off at its end. */
export function wholeLinesOfHead(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const feed = bytes.lastIndexOf(lineFeed);
  if (feed >= 0 && bytes.length - feed <= longestRest) {
    return bytes.subarray(0, feed + 1);
  }
  let end = bytes.length;
  for (let back = 1; back <= 4 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (!continues(byte)) {
      end = back < lengthOf(byte) ? bytes.length - back : bytes.length;
      break;
    }
  }
  return bytes.subarray(0, end);
}

/** The end of a text without the line, or else the character, that is broken off at its beginning. */
export function wholeLinesOfTail(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const feed = bytes.indexOf(lineFeed);
  if (feed >= 0 && feed <= longestRest && feed < bytes.length - 1) {
    return bytes.subarray(feed + 1);
  }
  let start = 0;
  while (start < 3 && continues(bytes[start] ?? 0)) {
    start++;
  }
  return bytes.subarray(start);
}

/** Whether a byte of UTF-8 goes on with a character. */
function continues(byte: number): boolean {
  return (byte & 0b1100_0000) === 0b1000_0000;
}

/** Bytes of the character that begins with this byte. */
function lengthOf(first: number): number {
  return first < 0b1100_0000 ? 1 : first < 0b1110_0000 ? 2 : first < 0b1111_0000 ? 3 : 4;
}

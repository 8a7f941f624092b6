import * as zlib from 'node:zlib';

import { type Compressors, type FileMetaData, snappyUncompress } from 'hyparquet';

import { TableError } from '../tableError';

/** No page that a writer makes comes near. */
const largestPage = 256 * 2 ** 20;

type Inflate = (bytes: Uint8Array, options: zlib.ZlibOptions) => Uint8Array;

/** Node.js has it from 22.15 on. */
const zstd = (zlib as { readonly zstdDecompressSync?: Inflate }).zstdDecompressSync;

const inflates: Readonly<Record<string, Inflate | undefined>> = {
  GZIP: (bytes, options) => zlib.gunzipSync(bytes, options),
  BROTLI: (bytes, options) => zlib.brotliDecompressSync(bytes, options),
  ZSTD: zstd,
};

/** Every compression that can be read here. */
export const codecs: Compressors = {
  SNAPPY: (bytes, length) => {
    const output = new Uint8Array(checked(length));
    snappyUncompress(bytes, output);
    return output;
  },
  ...Object.fromEntries(
    Object.entries(inflates).flatMap(([name, inflate]) =>
      inflate === undefined
        ? []
        : [
            [
              name,
              (bytes: Uint8Array, length: number) =>
                inflate(bytes, { maxOutputLength: checked(length) }),
            ],
          ],
    ),
  ),
};

/** @throws TableError where a column is compressed otherwise, which would show only once its cells are read */
export function checkCodecs({ row_groups: groups }: FileMetaData): void {
  for (const { columns } of groups) {
    for (const { meta_data: chunk } of columns) {
      const codec = chunk?.codec ?? 'UNCOMPRESSED';
      if (codec !== 'UNCOMPRESSED' && !Object.hasOwn(codecs, codec)) {
        throw new TableError('codec', codec);
      }
    }
  }
}

/** What a page says that it becomes is not to be trusted. */
function checked(length: number): number {
  if (!(length >= 0 && length <= largestPage)) {
    throw new TableError('malformed', `a page of ${length} bytes`);
  }
  return Math.max(1, length);
}

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { crc32, deflateRaw } from 'node:zlib';
import type { FolderFile } from './folderFiles';
import { RayProblem } from './rayProblem';

const deflate = promisify(deflateRaw);

/** Bytes of a package that are sent at most. */
export const mostBytes = 100 * 1024 * 1024;
/** More need another form of zip file. */
export const mostFiles = 65_000;
/** Bytes that are hashed at a time, so that nothing else has to wait for it. */
const slice = 4 * 1024 * 1024;
/** The first day that a zip file knows: the same files make the same bytes. */
const firstDay = 0x21;

export interface ZippedFiles {
  /** Pieces of the file: as one they would have to be copied. */
  readonly parts: readonly Buffer[];
  /** Of names and contents. */
  readonly hash: string;
}

interface Entry {
  readonly name: Buffer;
  readonly crc: number;
  readonly size: number;
  readonly packed: Buffer;
  readonly mode: number;
  readonly offset: number;
}

/** Makes a zip file. Throws a {@link RayProblem} where that would be larger than Ray's dashboards usually take. */
export async function zipFiles(
  files: readonly FolderFile[],
  signal: AbortSignal,
): Promise<ZippedFiles> {
  const hash = createHash('sha256');
  const parts: Buffer[] = [];
  const heads: Buffer[] = [];
  let offset = 0;
  for (const { name, file, size, isExecutable } of files) {
    signal.throwIfAborted();
    if (size > 8 * mostBytes) throw tooLarge(files);
    const content = await readFile(file);
    hash.update(`${name}\0${content.length}\0`);
    let crc = 0;
    for (let at = 0; at < content.length; at += slice) {
      const piece = content.subarray(at, at + slice);
      hash.update(piece);
      crc = crc32(piece, crc);
      if (content.length > slice) await nextTurn();
    }
    const packed = await deflate(content);
    const mode = isExecutable ? 0o100755 : 0o100644;
    const entry = { name: Buffer.from(name), crc, size: content.length, packed, mode, offset };
    heads.push(centralHead(entry));
    const head = localHead(entry);
    parts.push(head, packed);
    offset += head.length + packed.length;
    if (offset > mostBytes) throw tooLarge(files);
  }
  const directory = Buffer.concat(heads);
  parts.push(directory, ending(heads.length, directory, offset));
  return { parts, hash: hash.digest('hex').slice(0, 32) };
}

/** Names the parts that are to be left out first. */
export function tooLarge(files: readonly FolderFile[]): RayProblem {
  const sizes = new Map<string, number>();
  for (const { name, size } of files) {
    const [top = name] = name.split('/', 1);
    sizes.set(top, (sizes.get(top) ?? 0) + size);
  }
  const largest = [...sizes].sort(([, one], [, other]) => other - one).slice(0, 3);
  const shown = largest.map(([name, size]) => `${name} (${Math.ceil(size / 1024 / 1024)} MB)`);
  return new RayProblem('tooLarge', shown.join(', '));
}

/** What both heads of a file have: UTF-8 names, deflate, no time. */
function common({ crc, packed, size, name }: Entry): Buffer {
  const head = Buffer.alloc(26);
  head.writeUInt16LE(20, 0);
  head.writeUInt16LE(0x800, 2);
  head.writeUInt16LE(8, 4);
  head.writeUInt16LE(0, 6);
  head.writeUInt16LE(firstDay, 8);
  head.writeUInt32LE(crc, 10);
  head.writeUInt32LE(packed.length, 14);
  head.writeUInt32LE(size, 18);
  head.writeUInt16LE(name.length, 22);
  return head;
}

function localHead(entry: Entry): Buffer {
  return Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common(entry), entry.name]);
}

function centralHead(entry: Entry): Buffer {
  const start = Buffer.from('PK\x01\x02\x14\x03', 'latin1');
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE((entry.mode << 16) >>> 0, 6);
  rest.writeUInt32LE(entry.offset, 10);
  return Buffer.concat([start, common(entry), rest, entry.name]);
}

function ending(count: number, directory: Buffer, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}

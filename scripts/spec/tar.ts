import { gunzipSync } from 'node:zlib';

const BLOCK = 512;

/** The text files of a `.tar.gz` whose paths `wants` takes. Knows ustar names and pax headers, which is what sdists use. */
export function readTarball(bytes: Buffer, wants: (path: string) => boolean): ReadonlyMap<string, string> {
  const tar = gunzipSync(bytes);
  const files = new Map<string, string>();
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0; ) {
    const header = tar.subarray(at, at + BLOCK);
    const size = Number.parseInt(text(header, 124, 12), 8);
    const content = tar.subarray(at + BLOCK, at + BLOCK + size);
    const type = text(header, 156, 1);
    const prefix = text(header, 345, 155);
    const path = longName ?? (prefix === '' ? text(header, 0, 100) : `${prefix}/${text(header, 0, 100)}`);
    if (type === 'x') longName = /^\d+ path=(.*)$/m.exec(content.toString('utf8'))?.[1];
    else {
      if ((type === '0' || type === '') && wants(path)) files.set(path, content.toString('utf8'));
      longName = undefined;
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}

function text(header: Buffer, from: number, length: number): string {
  return header
    .subarray(from, from + length)
    .toString('utf8')
    .replace(/\0.*$/s, '')
    .trim();
}

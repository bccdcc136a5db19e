import type { Socket } from 'node:net';

/** What of an HTTP/1.1 message's head a proxy needs in order to find its end. */
export interface Head {
  /** As it was sent, with the empty line. */
  readonly bytes: Buffer;
  /** The first line: of a request `POST /path HTTP/1.1`, of an answer `HTTP/1.1 200 OK`. */
  readonly firstLine: string;
  /** Bytes of the body; `null` when it ends with the connection. */
  readonly bodyLength: number | null;
}

const END_OF_HEAD = '\r\n\r\n';
const LENGTH = /^content-length:\s*(\d+)\s*$/im;
const CHUNKED = /^transfer-encoding:\s*chunked/im;

/** Takes a socket's bytes in pieces of the reader's choice. */
export interface ByteReader {
  /** The next head; `null` when the other side ended before or within it. */
  head(kind: 'request' | 'answer'): Promise<Head | null>;
  /** The next `length` bytes, or all until the end; fewer when the other side ended before. */
  body(length: number | null): Promise<Buffer>;
}

export function readBytes(socket: Socket): ByteReader {
  let held = Buffer.alloc(0);
  let over = false;
  let wake = () => {};
  const end = () => {
    over = true;
    wake();
  };
  socket.on('data', (bytes: Buffer) => {
    held = Buffer.concat([held, bytes]);
    wake();
  });
  socket.on('end', end).on('close', end).on('error', end);

  /** Resolves to how many of the held bytes are the piece, as soon as `measure` knows, or the end came. */
  async function take(measure: () => number | null): Promise<Buffer | null> {
    for (;;) {
      const size = measure();
      if (size !== null) {
        const piece = held.subarray(0, size);
        held = held.subarray(size);
        return piece;
      }
      if (over) return null;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  return {
    async head(kind) {
      const bytes = await take(() => {
        const at = held.indexOf(END_OF_HEAD);
        return at < 0 ? null : at + END_OF_HEAD.length;
      });
      return bytes && readHead(bytes, kind);
    },
    async body(length) {
      const piece = await take(() => (over ? held.length : length !== null && held.length >= length ? length : null));
      return piece?.subarray(0, length ?? piece.length) ?? Buffer.alloc(0);
    },
  };
}

function readHead(bytes: Buffer, kind: 'request' | 'answer'): Head {
  const text = bytes.toString('latin1');
  if (CHUNKED.test(text)) throw new Error('this proxy knows no chunked messages; the sandbox and the adapter send none');
  const length = LENGTH.exec(text)?.[1];
  return {
    bytes,
    firstLine: text.slice(0, text.indexOf('\r\n')),
    bodyLength: length !== undefined ? Number(length) : kind === 'request' ? 0 : null,
  };
}

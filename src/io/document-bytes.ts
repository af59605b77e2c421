import { invalid, TerritoryError } from '../errors.js';

/** Most bytes that a document may have, before and after it is inflated. */
export const MAX_DOCUMENT_BYTES = 256 * 1024 * 1024;

export interface DocumentBytesOptions {
  /** Largest size in bytes, of the file and of what it inflates to. ≥ 1. @default MAX_DOCUMENT_BYTES */
  readonly maxBytes?: number;
  /**
   * Encoding of bytes that are not UTF-8, e.g. `'windows-1252'` for the CSV files of spreadsheets.
   * @default none: such bytes are an error
   */
  readonly fallbackEncoding?: string;
}

/**
 * The text of a file: gunzipped when it starts as gzip does, then decoded as UTF-8, or as UTF-16 where a byte order
 * mark says so. The mark is dropped. Inflating stops at the cap, so a gzip bomb costs no more memory than a large file.
 * @throws {TerritoryError} INVALID_INPUT when the bytes are too many, broken gzip, or not in the encoding;
 * UNSUPPORTED_ENVIRONMENT when the platform has no `DecompressionStream`.
 */
export async function readDocumentBytes(bytes: Uint8Array, options: DocumentBytesOptions = {}): Promise<string> {
  const { maxBytes = MAX_DOCUMENT_BYTES, fallbackEncoding } = options;
  if (bytes.length > maxBytes) throw tooLarge(bytes.length, maxBytes);
  const raw = bytes[0] === 0x1f && bytes[1] === 0x8b ? await gunzip(bytes, maxBytes) : bytes;
  if (raw[0] === 0xff && raw[1] === 0xfe) return new TextDecoder('utf-16le').decode(raw);
  if (raw[0] === 0xfe && raw[1] === 0xff) return new TextDecoder('utf-16be').decode(raw);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw);
  } catch {
    if (fallbackEncoding !== undefined) return new TextDecoder(fallbackEncoding).decode(raw);
    throw new TerritoryError('INVALID_INPUT', 'document must be UTF-8 text, got other bytes', {
      path: 'document',
      rule: 'must be UTF-8 text',
    });
  }
}

async function gunzip(bytes: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  if (typeof DecompressionStream === 'undefined') {
    throw new TerritoryError(
      'UNSUPPORTED_ENVIRONMENT',
      'This platform has no DecompressionStream: gunzip the file first',
    );
  }
  // A copy, because a stream may not read from the shared memory that `bytes` is allowed to view.
  const stream = new Blob([bytes.slice()]).stream().pipeThrough(new DecompressionStream('gzip'));
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    let chunk: ReadableStreamReadResult<Uint8Array>;
    try {
      chunk = await reader.read();
    } catch {
      throw new TerritoryError('INVALID_INPUT', 'document must be whole gzip data, got broken or truncated data', {
        path: 'document',
        rule: 'must be whole gzip data',
      });
    }
    if (chunk.done) break;
    length += chunk.value.length;
    if (length > maxBytes) {
      await reader.cancel();
      throw tooLarge(length, maxBytes);
    }
    chunks.push(chunk.value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

function tooLarge(length: number, maxBytes: number): TerritoryError {
  return invalid('document.length', length, `must be at most ${maxBytes} bytes`);
}

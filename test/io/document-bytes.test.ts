import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDocumentBytes } from '../../src/io/document-bytes.js';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.startsWith('\uFEFF'));

describe('readDocumentBytes', () => {
  it('gives back any text, plain, gzipped, or behind a byte order mark', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        expect(await readDocumentBytes(utf8(value))).toBe(value);
        expect(await readDocumentBytes(gzipSync(value))).toBe(value);
        expect(await readDocumentBytes(utf8(`\uFEFF${value}`))).toBe(value);
      }),
    );
  });

  it('reads UTF-16 of either byte order where a mark says so', async () => {
    const little = Uint8Array.of(0xff, 0xfe, 0x4c, 0x00, 0xe4, 0x00);
    const big = Uint8Array.of(0xfe, 0xff, 0x00, 0x4c, 0x00, 0xe4);
    expect(await readDocumentBytes(little)).toBe('Lä');
    expect(await readDocumentBytes(big)).toBe('Lä');
  });

  it('rejects other encodings unless one is named', async () => {
    const latin = Uint8Array.of(0x4c, 0xe4, 0x6e, 0x67, 0x65);
    await expect(readDocumentBytes(latin)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { path: 'document' },
    });
    expect(await readDocumentBytes(latin, { fallbackEncoding: 'windows-1252' })).toBe('Länge');
    expect(await readDocumentBytes(utf8('Länge'), { fallbackEncoding: 'windows-1252' })).toBe('Länge');
  });

  it('stops a gzip bomb at the cap', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(100_000);
    await expect(readDocumentBytes(bomb, { maxBytes: 1_000_000 })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { path: 'document.length', rule: 'must be at most 1000000 bytes' },
    });
  });

  it('rejects a file that is larger than the cap, and takes one that fills it', async () => {
    await expect(readDocumentBytes(utf8('12345'), { maxBytes: 4 })).rejects.toMatchObject({
      details: { path: 'document.length', value: 5 },
    });
    expect(await readDocumentBytes(utf8('1234'), { maxBytes: 4 })).toBe('1234');
    const four = gzipSync('1234');
    expect(await readDocumentBytes(four, { maxBytes: four.length })).toBe('1234');
  });

  it('rejects gzip data that is cut short, damaged, or only a header', async () => {
    const whole = gzipSync('a document that is long enough to be cut in the middle of its data');
    const damaged = Uint8Array.from(whole, (byte, i) => (i === 30 ? byte ^ 0xff : byte));
    for (const bytes of [whole.subarray(0, 40), whole.subarray(0, -4), damaged, Uint8Array.of(0x1f, 0x8b)]) {
      await expect(readDocumentBytes(bytes)).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        details: { path: 'document', rule: 'must be whole gzip data' },
      });
    }
  });

  it('leaves the bytes of its caller as they were', async () => {
    const bytes = new Uint8Array(gzipSync('kept'));
    const copy = bytes.slice();
    await readDocumentBytes(bytes);
    expect(bytes).toEqual(copy);
  });
});

import { inflateSync } from 'node:zlib';

/** Distinct colours of an 8-bit RGB or RGBA screenshot (PNG as browsers write it). */
export function countColors(png: Buffer): number {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const channels = png[25] === 6 ? 4 : 3;
  const chunks: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') chunks.push(png.subarray(at + 8, at + 8 + length));
  }
  const raw = inflateSync(Buffer.concat(chunks));
  const stride = width * channels;
  const colors = new Set<number>();
  let above: Uint8Array = new Uint8Array(stride);
  for (let y = 0; y < height; y++) {
    const line = raw.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1));
    const filter = raw[y * (stride + 1)]!;
    for (let i = 0; i < stride; i++) {
      const left = i < channels ? 0 : line[i - channels]!;
      const corner = i < channels ? 0 : above[i - channels]!;
      line[i] = line[i]! + predict(filter, left, above[i]!, corner);
    }
    for (let i = 0; i < stride; i += channels) colors.add((line[i]! << 16) | (line[i + 1]! << 8) | line[i + 2]!);
    above = line;
  }
  return colors.size;
}

/** The five filters of the PNG specification. */
function predict(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

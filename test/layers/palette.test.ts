import { describe, expect, it } from 'vitest';
import { type Rgb, TERRITORY_COLORS } from '../../src/layers/palette.js';

/** Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB. */
const SIGHTS: Record<string, readonly (readonly number[])[]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function linear(color: Rgb): number[] {
  return color.map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
}

function apply(matrix: readonly (readonly number[])[], color: readonly number[]): number[] {
  return matrix.map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, weight, c) => sum + weight * color[c]!, 0),
      ),
    ),
  );
}

/** OKLab of linear RGB (Ottosson 2020). */
function oklab([r, g, b]: readonly number[]): number[] {
  const l = Math.cbrt(0.4122214708 * r! + 0.5363325363 * g! + 0.0514459929 * b!);
  const m = Math.cbrt(0.2119034982 * r! + 0.6806995451 * g! + 0.1073969566 * b!);
  const s = Math.cbrt(0.0883024619 * r! + 0.2817188376 * g! + 0.6299787005 * b!);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function luminance(color: Rgb): number {
  const [r, g, b] = linear(color);
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

describe('TERRITORY_COLORS', () => {
  it.each(Object.keys(SIGHTS))('keeps the first five apart under %s sight', (sight) => {
    const seen = TERRITORY_COLORS.slice(0, 5).map((color) => oklab(apply(SIGHTS[sight]!, linear(color))));
    for (let a = 0; a < seen.length; a++) {
      for (let b = 0; b < a; b++) {
        const distance = Math.hypot(...seen[a]!.map((value, axis) => value - seen[b]![axis]!));
        expect(distance, `colours ${a} and ${b}`).toBeGreaterThan(0.12);
      }
    }
  });

  it('stands out from the dark ground', () => {
    const ground = luminance([20, 23, 28]);
    for (const color of TERRITORY_COLORS.slice(0, 5)) {
      expect((luminance(color) + 0.05) / (ground + 0.05)).toBeGreaterThan(3);
    }
  });
});

/** Red, green and blue, 0 … 255 each. */
export type Rgb = readonly [number, number, number];

/**
 * Seven colours of Okabe and Ito (2008). The first five keep the largest distance under normal sight and the three
 * common kinds of colour blindness; the last two step in only when five do not suffice.
 */
export const TERRITORY_COLORS: readonly Rgb[] = [
  [230, 159, 0],
  [86, 180, 233],
  [240, 228, 66],
  [0, 114, 178],
  [213, 94, 0],
  [0, 158, 115],
  [204, 121, 167],
];

/** Units without a territory: a grey that stands back on light and dark grounds. */
export const UNASSIGNED_COLOR: Rgb = [92, 98, 108];

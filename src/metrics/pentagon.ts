/** Which H3 cells are pentagons, read off the index itself, so that the page needs no h3-js. */
import type { CellId } from '../types.js';

/** The twelve base cells that are pentagons (H3 documentation, "Base Cells"). */
const PENTAGON_BASE_CELLS: ReadonlySet<number> = new Set([4, 14, 24, 38, 49, 58, 63, 72, 83, 97, 107, 117]);

/**
 * Layout of the 15 hexadecimal digits of a cell: mode, resolution, then 52 bits: base cell (7) and fifteen
 * three-bit digits. A cell is a pentagon when its base cell is one and all digits down to its resolution are 0.
 */
export function isPentagon(cell: CellId): boolean {
  const resolution = Number.parseInt(cell[1]!, 16);
  const tail = Number.parseInt(cell.slice(2), 16);
  const digits = tail % 2 ** 45;
  return digits < 2 ** (45 - 3 * resolution) && PENTAGON_BASE_CELLS.has((tail - digits) / 2 ** 45);
}

// H3 cells of one resolution as numbers: base cell and digits, three bits a digit, so at most 52 bits. Keys ascend as
// indexes do, and a child's key is its parent's × 8 plus its digit. A digit is a step on the hexagonal grid of its
// resolution: its bits are the steps along the axes i (4), j (2) and k (1), 120° apart, and i + j + k = 0.
// See Sahr, White and Kimerling, Geodesic Discrete Global Grid Systems, 2003, and the H3 documentation.

/** The six directions, anticlockwise from axis i: as H3 orders a ring. */
// prettier-ignore
export const RING: StaticArray<i32> = [4, 6, 2, 3, 1, 5];

/** Place of each digit in `RING`; the centre has none. */
// prettier-ignore
export const SLOT: StaticArray<i32> = [-1, 4, 2, 3, 0, 5, 1];

/** `SUMS[64 * (resolution & 1) + 8 * a + b]`: digit + 8 × carry of a step b from digit a. */
const SUMS: StaticArray<u8> = new StaticArray<u8>(128);
/** `TURNED[8 * turns + digit]`: the digit after turning the grid anticlockwise by `turns` × 60°. */
const TURNED: StaticArray<u8> = new StaticArray<u8>(48);

/** A digit's coordinates on the axes i and j. */
export function digitI(digit: i32): i32 {
  return (digit >> 2) - (digit & 1);
}
export function digitJ(digit: i32): i32 {
  return ((digit >> 1) & 1) - (digit & 1);
}

/** Coordinates on the finer grid of `resolution` of the point (i, j) of the grid above it. */
export function finerI(i: i32, j: i32, resolution: i32): i32 {
  // One step along i is 3i + j or 2i − j, by the parity of the finer resolution; j is i turned by 120°.
  return resolution & 1 ? 2 * i + j : 3 * i - j;
}
export function finerJ(i: i32, j: i32, resolution: i32): i32 {
  return resolution & 1 ? 3 * j - i : i + 2 * j;
}

for (let parity = 0; parity < 2; parity++) {
  for (let carry = 0; carry < 7; carry++) {
    for (let digit = 0; digit < 7; digit++) {
      const i = finerI(digitI(carry), digitJ(carry), parity) + digitI(digit);
      const j = finerJ(digitI(carry), digitJ(carry), parity) + digitJ(digit);
      for (let a = 0; a < 7; a++) {
        for (let b = 0; b < 7; b++) {
          if (digitI(a) + digitI(b) == i && digitJ(a) + digitJ(b) == j) {
            SUMS[64 * parity + 8 * a + b] = <u8>(digit + 8 * carry);
          }
        }
      }
    }
  }
}
for (let turns = 0; turns < 6; turns++) {
  for (let digit = 1; digit < 7; digit++) TURNED[8 * turns + digit] = <u8>RING[(SLOT[digit] + turns) % 6];
}

/** What `addStep` could not hold: the step between base cells that is left, 0 for none. */
export let carried: i32 = 0;

/** The key one step along `digit`, as if the base cell went on for ever; sets `carried`. */
export function addStep(key: u64, resolution: i32, digit: i32): u64 {
  let carry = digit;
  let shift: u64 = 0;
  for (let r = resolution; r > 0; r--) {
    const own = <i32>(key >> shift) & 7;
    const sum = <i32>SUMS[((r & 1) << 6) + (own << 3) + carry];
    key ^= (<u64>(own ^ (sum & 7))) << shift;
    carry = sum >> 3;
    if (carry == 0) break;
    shift += 3;
  }
  carried = carry;
  return key;
}

/** All digits turned anticlockwise by `turns` × 60°; `digits` without the base cell. */
export function turnDigits(digits: u64, resolution: i32, turns: i32): u64 {
  if (turns == 0) return digits;
  const row = 8 * turns;
  let turned: u64 = 0;
  for (let shift: u64 = 0, end: u64 = 3 * resolution; shift < end; shift += 3) {
    turned |= (<u64>TURNED[row + (<i32>(digits >> shift) & 7)]) << shift;
  }
  return turned;
}

/** The first digit that is not the centre; 0 when all are. */
export function leadingDigit(digits: u64): i32 {
  if (digits == 0) return 0;
  const top = 63 - <i32>clz(digits);
  return <i32>(digits >> <u64>(top - (top % 3)));
}

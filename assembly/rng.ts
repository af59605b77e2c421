// xoshiro128** (Blackman, Vigna, 2018), seeded by splitmix32 steps. Integer arithmetic only, so that every engine
// draws the same numbers.

let s0: u32 = 1;
let s1: u32 = 2;
let s2: u32 = 3;
let s3: u32 = 4;

/** murmur3's finaliser over a Weyl sequence: one well-mixed word per step. */
function mix(z: u32): u32 {
  z = (z ^ (z >>> 16)) * 0x85ebca6b;
  z = (z ^ (z >>> 13)) * 0xc2b2ae35;
  return z ^ (z >>> 16);
}

/** Seeds the generator with hash(seed, stream). */
export function seedRandom(seed: u32, stream: u32): void {
  let z: u32 = mix(seed + 0x9e3779b9) ^ mix(stream * 0x9e3779b9 + 0x7f4a7c15);
  s0 = mix((z += 0x9e3779b9));
  s1 = mix((z += 0x9e3779b9));
  s2 = mix((z += 0x9e3779b9));
  s3 = mix((z += 0x9e3779b9)) | 1; // never all zero
}

// @ts-ignore: decorator
@inline
export function nextU32(): u32 {
  const result = rotl<u32>(s1 * 5, 7) * 9;
  const t = s1 << 9;
  s2 ^= s0;
  s3 ^= s1;
  s1 ^= s2;
  s0 ^= s3;
  s2 ^= t;
  s3 = rotl<u32>(s3, 11);
  return result;
}

/** Integer in 0 … bound − 1 (Lemire's multiply-shift; the bias of bound / 2³² does not matter to a search). */
// @ts-ignore: decorator
@inline
export function below(bound: i32): i32 {
  return <i32>((<u64>nextU32() * <u64>bound) >>> 32);
}

/** Number in [0, 1) with 32 random bits. */
// @ts-ignore: decorator
@inline
export function unitInterval(): f64 {
  return <f64>nextU32() * (1.0 / 4294967296.0);
}

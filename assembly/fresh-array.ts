// Long arrays, of which many runs use little. The constructor of an array writes zeros over all of it, which makes every
// page resident; memory that was never used is zero as it is, and takes no room before something is written to it.

/** What the allocator has for one array at most. */
const MOST_BYTES: u64 = 1 << 30;

/**
 * An array of zeros; traps where it does not fit. The kernel's allocator only goes forward and nothing is ever given back,
 * so that all of its memory is fresh: the debug build looks.
 */
export function freshArray<T>(length: i32): StaticArray<T> {
  if (<u64>(<u32>length) << alignof<T>() > MOST_BYTES) unreachable();
  const bytes = <usize>length << alignof<T>();
  // @ts-ignore: of the runtime
  const address = __new(bytes, idof<StaticArray<T>>());
  assert(isZero(address, bytes));
  return changetype<StaticArray<T>>(address);
}

function isZero(address: usize, bytes: usize): bool {
  for (let end = address + bytes; address < end; address++) if (load<u8>(address) != 0) return false;
  return true;
}

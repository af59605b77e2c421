// The interface of the module: numbers in, numbers out, in batches. A list of indexes is written where `allocateList`
// made room, then `checkList` and `sortList` are called; a ground is written after `allocateGround`, then `indexGround`,
// and looked at chunk by chunk or bridged; any keys can be looked at through a chunk. Keys are 64-bit integers in here
// and doubles outside. Nothing is ever freed: an instance serves one list and one ground. Whatever makes room may move
// the memory, and the host's views die with that.

import {
  chunkArea,
  chunkAround,
  chunkKeys,
  chunkLngLat,
  chunkOrdered,
  chunkPerimeter,
  chunkSides,
  chunkUnits,
} from './chunk';
import { fault, listResolution } from './cell-list';
import { groundKeys } from './ground';
import { sortKeys, sortRows } from './sort';

export { bridgeGround } from './bridge';
export { allocateList, checkIndexes as checkList, sortCells as sortList } from './cell-list';
export { CHUNK, lookAroundKeys, lookAroundUnits, measureKeys, measureUnits, placeKeys } from './chunk';
export { allocateGround, indexGround } from './ground';

/** Address of an array, by its number in the host's table of the same order. */
export function address(array: i32): usize {
  switch (array) {
    case 0: return changetype<usize>(sortKeys);
    case 1: return changetype<usize>(sortRows);
    case 2: return changetype<usize>(groundKeys);
    case 3: return changetype<usize>(chunkKeys);
    case 4: return changetype<usize>(chunkAround);
    case 5: return changetype<usize>(chunkUnits);
    case 6: return changetype<usize>(chunkOrdered);
    case 7: return changetype<usize>(chunkLngLat);
    case 8: return changetype<usize>(chunkArea);
    case 9: return changetype<usize>(chunkPerimeter);
    case 10: return changetype<usize>(chunkSides);
    default: return 0;
  }
}

/** What is wrong with the list: see `Fault`. */
export function getFault(): i32 {
  return fault;
}

/** Resolution of the list. */
export function getResolution(): i32 {
  return listResolution;
}

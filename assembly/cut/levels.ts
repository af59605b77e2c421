// A hierarchy of ever coarser graphs (multilevel partitioning: Hendrickson, Leland 1995; Karypis, Kumar 1998). All levels
// lie in one pool: the vertices of level l have the ids levelFirst[l] … levelEnd[l] − 1, and slots hold such ids, so
// that whatever works on one level works on all. Level 0 is the problem itself: vertex u is unit u.

import { activity, cutWeight, initial, measureCount, neighbors, offsets, unitCount } from '../problem';

/** Levels at most: each is at least a fifth smaller than the one before. */
export const MOST_LEVELS: i32 = 24;
/** Room of the pool, relative to the problem: levels shrink to a third or so. */
const POOL_FACTOR: f64 = 2;

export let levelCount: i32 = 0;
export const levelFirst: StaticArray<i32> = new StaticArray<i32>(MOST_LEVELS + 1);
export const levelEnd: StaticArray<i32> = new StaticArray<i32>(MOST_LEVELS + 1);
export let vertexCapacity: i32 = 0;
export let slotCapacity: i32 = 0;

/** First slot per vertex; the entry after a level's last vertex ends its last slots. */
export let firstSlot: StaticArray<i32> = new StaticArray<i32>(0);
/** Neighbour per slot. */
export let adjacent: StaticArray<i32> = new StaticArray<i32>(0);
/** Cut cost per slot, in multiples of `cutFactor`. Rounded: what is reported is scored anew by the problem's own weights. */
export let edgeWeight: StaticArray<f32> = new StaticArray<f32>(0);
/** Whether this slot's neighbour and the next one's (cyclic) are neighbours too. */
export let linked: StaticArray<u8> = new StaticArray<u8>(0);
/** Activity per vertex and measure. */
export let amount: StaticArray<f64> = new StaticArray<f64>(0);
/** Units in a vertex. */
export let unitsIn: StaticArray<i32> = new StaticArray<i32>(0);
/** Territory of vertices that may not move, else −1. */
export let held: StaticArray<i32> = new StaticArray<i32>(0);
/** Territory per vertex. */
export let part: StaticArray<i32> = new StaticArray<i32>(0);
/** Territory per vertex in the other parent when two plans are combined, else −1. */
export let otherPart: StaticArray<i32> = new StaticArray<i32>(0);
/** Vertex of the next level that holds this one. */
export let parent: StaticArray<i32> = new StaticArray<i32>(0);

/** Sizes the pool and copies the problem into level 0. The order of its slots is `order-neighbors.ts`'s to set. */
export function allocateLevels(): void {
  const slots = offsets[unitCount];
  vertexCapacity = <i32>(POOL_FACTOR * <f64>unitCount) + 64;
  slotCapacity = <i32>(POOL_FACTOR * <f64>slots) + 64;
  firstSlot = new StaticArray<i32>(vertexCapacity + 1);
  adjacent = new StaticArray<i32>(slotCapacity);
  edgeWeight = new StaticArray<f32>(slotCapacity);
  linked = new StaticArray<u8>(slotCapacity);
  amount = new StaticArray<f64>(vertexCapacity * measureCount);
  unitsIn = new StaticArray<i32>(vertexCapacity);
  held = new StaticArray<i32>(vertexCapacity);
  part = new StaticArray<i32>(vertexCapacity);
  otherPart = new StaticArray<i32>(vertexCapacity);
  parent = new StaticArray<i32>(vertexCapacity);
  for (let u = 0; u <= unitCount; u++) firstSlot[u] = offsets[u];
  for (let e = 0; e < slots; e++) {
    adjacent[e] = neighbors[e];
    edgeWeight[e] = <f32>cutWeight[e];
  }
  for (let i = 0, end = unitCount * measureCount; i < end; i++) amount[i] = activity[i];
  for (let u = 0; u < unitCount; u++) {
    unitsIn[u] = 1;
    held[u] = initial[u];
  }
  levelCount = 1;
  levelFirst[0] = 0;
  levelEnd[0] = unitCount;
}

/** Drops every level but the finest. */
export function dropCoarseLevels(): void {
  levelCount = 1;
}

/** Drops the coarsest level. */
export function dropLevel(): void {
  levelCount--;
}

/** Adds a level of `count` vertices behind the last one; its arrays are the caller's to fill. */
export function addLevel(count: i32): void {
  const first = levelEnd[levelCount - 1] + 1;
  levelFirst[levelCount] = first;
  levelEnd[levelCount] = first + count;
  levelCount++;
}

/** Gives every vertex of level `l` the territory of the coarser vertex that holds it. */
export function projectPart(l: i32): void {
  for (let v = levelFirst[l], end = levelEnd[l]; v < end; v++) part[v] = part[parent[v]];
}

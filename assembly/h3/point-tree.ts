// A tree of boxes over points that are sorted along a curve, here in the order of their cells: cells of one parent
// stand together, so consecutive runs of points are compact, and the tree needs no sorting of its own. Asked for the
// point of another group that is nearest, it skips nodes whose points are all of the asker's group.

/** Points per leaf. */
const LEAF: i32 = 8;

let pointCount: i32 = 0;
/** `[x, y, z]` of each point. */
export let points: StaticArray<f64> = new StaticArray<f64>(0);
/** Group of each point. */
export let groups: StaticArray<i32> = new StaticArray<i32>(0);
/** Cell of each point; of pairs of equal length that of the lower cells wins. */
export let cells: StaticArray<i32> = new StaticArray<i32>(0);

/** Nodes of a full binary tree, children of i at 2i + 1 and 2i + 2; the leaves hold runs of `LEAF` points. */
let boxes: StaticArray<f64> = new StaticArray<f64>(0);
/** Group of all points of a node; −1 when there are several, −2 when there are no points. */
let uniform: StaticArray<i32> = new StaticArray<i32>(0);
let firstLeaf: i32 = 0;
let capacity: i32 = 0;

const MIXED: i32 = -1;
const EMPTY: i32 = -2;

/** Makes room for n points, which the caller writes before `buildTree`. */
export function allocatePoints(n: i32): void {
  pointCount = n;
  if (n <= capacity) return;
  capacity = n + (n >> 1);
  points = new StaticArray<f64>(3 * capacity);
  groups = new StaticArray<i32>(capacity);
  cells = new StaticArray<i32>(capacity);
  const nodes = 4 * (capacity / LEAF + 1);
  boxes = new StaticArray<f64>(6 * nodes);
  uniform = new StaticArray<i32>(nodes);
}

/** O(points). */
export function buildTree(): void {
  let leaves = 1;
  while (leaves * LEAF < pointCount) leaves <<= 1;
  firstLeaf = leaves - 1;
  for (let leaf = 0; leaf < leaves; leaf++) {
    const node = firstLeaf + leaf;
    let group = EMPTY;
    emptyBox(node);
    for (let i = leaf * LEAF, end = min(pointCount, i + LEAF); i < end; i++) {
      group = group == EMPTY || group == groups[i] ? groups[i] : MIXED;
      for (let axis = 0; axis < 3; axis++) {
        const value = points[3 * i + axis];
        if (value < boxes[6 * node + axis]) boxes[6 * node + axis] = value;
        if (value > boxes[6 * node + 3 + axis]) boxes[6 * node + 3 + axis] = value;
      }
    }
    uniform[node] = group;
  }
  for (let node = firstLeaf - 1; node >= 0; node--) {
    const a = 2 * node + 1;
    const b = a + 1;
    for (let axis = 0; axis < 3; axis++) {
      boxes[6 * node + axis] = min(boxes[6 * a + axis], boxes[6 * b + axis]);
      boxes[6 * node + 3 + axis] = max(boxes[6 * a + 3 + axis], boxes[6 * b + 3 + axis]);
    }
    if (uniform[b] == EMPTY || uniform[a] == uniform[b]) uniform[node] = uniform[a];
    else uniform[node] = MIXED;
  }
}

function emptyBox(node: i32): void {
  for (let axis = 0; axis < 3; axis++) {
    boxes[6 * node + axis] = Infinity;
    boxes[6 * node + 3 + axis] = -Infinity;
  }
}

/** The pair that `seek` starts from and improves: lower cell, higher cell, squared distance. −1: none yet. */
export let pairLow: i32 = -1;
export let pairHigh: i32 = -1;
export let pairSquare: f64 = Infinity;

export function setPair(low: i32, high: i32, square: f64): void {
  pairLow = low;
  pairHigh = high;
  pairSquare = square;
}

const stackNodes: StaticArray<i32> = new StaticArray<i32>(64);
const stackSquares: StaticArray<f64> = new StaticArray<f64>(64);

/** Looks for a point of another group that is nearer to point i than the pair is long. O(log points) on average. */
export function seek(i: i32): void {
  const x = points[3 * i];
  const y = points[3 * i + 1];
  const z = points[3 * i + 2];
  const group = groups[i];
  const cell = cells[i];
  let depth = 0;
  let node = 0;
  let square: f64 = 0;
  while (true) {
    if (square <= pairSquare) {
      if (node < firstLeaf) {
        const a = 2 * node + 1;
        const b = a + 1;
        const toA = uniform[a] == group ? Infinity : squareToBox(a, x, y, z);
        const toB = uniform[b] == group ? Infinity : squareToBox(b, x, y, z);
        const nearer = toA <= toB ? a : b;
        const least = min(toA, toB);
        const most = max(toA, toB);
        if (most <= pairSquare && most < Infinity) {
          stackNodes[depth] = a + b - nearer;
          stackSquares[depth++] = most;
        }
        if (least <= pairSquare && least < Infinity) {
          node = nearer;
          square = least;
          continue;
        }
      } else {
        lookThrough(node, x, y, z, group, cell);
      }
    }
    if (depth == 0) return;
    node = stackNodes[--depth];
    square = stackSquares[depth];
  }
}

function lookThrough(node: i32, x: f64, y: f64, z: f64, group: i32, cell: i32): void {
  const first = (node - firstLeaf) * LEAF;
  for (let i = first, end = min(pointCount, first + LEAF); i < end; i++) {
    if (groups[i] == group) continue;
    const dx = x - points[3 * i];
    const dy = y - points[3 * i + 1];
    const dz = z - points[3 * i + 2];
    const square = dx * dx + dy * dy + dz * dz;
    if (square > pairSquare) continue;
    const low = min(cell, cells[i]);
    const high = max(cell, cells[i]);
    if (square == pairSquare && (low > pairLow || (low == pairLow && high >= pairHigh))) continue;
    setPair(low, high, square);
  }
}

function squareToBox(node: i32, x: f64, y: f64, z: f64): f64 {
  const at = 6 * node;
  const dx = max(max(boxes[at] - x, 0), x - boxes[at + 3]);
  const dy = max(max(boxes[at + 1] - y, 0), y - boxes[at + 4]);
  const dz = max(max(boxes[at + 2] - z, 0), z - boxes[at + 5]);
  return dx * dx + dy * dy + dz * dz;
}

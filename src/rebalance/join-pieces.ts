/** Makes whole what an edit has cut apart, so that a search can begin from there. */
import type { PartProblem } from './part-problem.js';

/**
 * The part's assignment with every piece but the largest of a territory given to the neighbour that it borders on most.
 * Pieces with pinned units stay: the search or the caller must see to them. O(units + slots).
 */
export function joinPieces({ problem, assignment }: PartProblem): Int32Array {
  const { offsets, neighbors } = problem;
  const joined = assignment.slice();
  const pieceOf = new Int32Array(joined.length).fill(-1);
  const pieces: Int32Array[] = [];
  for (let start = 0; start < joined.length; start++) {
    if (pieceOf[start]! >= 0) continue;
    const piece = [start];
    pieceOf[start] = pieces.length;
    for (let i = 0; i < piece.length; i++) {
      const u = piece[i]!;
      for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
        const v = neighbors[e]!;
        if (pieceOf[v]! >= 0 || joined[v] !== joined[u]) continue;
        pieceOf[v] = pieces.length;
        piece.push(v);
      }
    }
    pieces.push(Int32Array.from(piece));
  }
  const largest = new Map<number, number>();
  pieces.forEach((piece, i) => {
    const t = joined[piece[0]!]!;
    const best = largest.get(t);
    if (best === undefined || piece.length > pieces[best]!.length) largest.set(t, i);
  });
  pieces.forEach((piece, i) => {
    const t = joined[piece[0]!]!;
    if (largest.get(t) === i || !problem.territories[t]!.contiguous || piece.some((u) => problem.pinned![u]! >= 0))
      return;
    const contact = new Map<number, number>();
    for (const u of piece) {
      for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
        const s = joined[neighbors[e]!]!;
        if (s !== t) contact.set(s, (contact.get(s) ?? 0) + 1);
      }
    }
    const [to] = [...contact].sort(([a, x], [b, y]) => y - x || a - b)[0] ?? [t];
    for (const u of piece) joined[u] = to;
  });
  return joined;
}

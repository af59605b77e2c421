/**
 * The rings of one GeoJSON polygon, made for many questions: which points are inside, and which sides run through a
 * box. Sides are straight in longitude and latitude, as in H3's own fill, and a ring one of whose sides spans more than
 * 180° crosses the antimeridian.
 */
import type { Rings } from './polygon.js';

/** A box in degrees. It may reach past ±180°; a pole inside leaves all longitudes. */
export interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** One ring; longitudes of one that crosses the antimeridian run from 0° to 360°. */
class Ring {
  readonly low: number;
  readonly crosses: boolean;
  readonly box: Box;
  /** `[lng, lat, lng, lat]` per side, from the south to the north. */
  readonly sides: Float64Array;
  /** Sides by bands of equal height: those of band b are `inBand[bands[b]] … inBand[bands[b + 1] - 1]`. */
  private readonly bands: Int32Array;
  private readonly inBand: Int32Array;
  private readonly bandsPerDegree: number;

  constructor(ring: Rings[number]) {
    this.crosses = ring.some(([lng], i) => i > 0 && Math.abs(lng - ring[i - 1]![0]) > 180);
    this.low = this.crosses ? 0 : -180;
    const count = ring.length - 1;
    this.sides = new Float64Array(4 * count);
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let e = 0; e < count; e++) {
      const [from, to] = ring[e]![1] <= ring[e + 1]![1] ? [ring[e]!, ring[e + 1]!] : [ring[e + 1]!, ring[e]!];
      this.sides.set([this.shift(from[0]), from[1], this.shift(to[0]), to[1]], 4 * e);
      west = Math.min(west, this.shift(from[0]), this.shift(to[0]));
      east = Math.max(east, this.shift(from[0]), this.shift(to[0]));
      south = Math.min(south, from[1]);
      north = Math.max(north, to[1]);
    }
    this.box = { west, south, east, north };
    const bands = Math.min(4096, count);
    this.bandsPerDegree = north > south ? bands / (north - south) : 0;
    this.bands = new Int32Array(bands + 1);
    this.eachBand((b) => this.bands[b + 1]!++);
    for (let b = 0; b < bands; b++) this.bands[b + 1]! += this.bands[b]!;
    const next = this.bands.slice();
    this.inBand = new Int32Array(next[bands]!);
    this.eachBand((b, e) => {
      this.inBand[next[b]!++] = e;
    });
  }

  shift(lng: number): number {
    return this.crosses && lng < 0 ? lng + 360 : lng;
  }

  private bandOf(lat: number): number {
    return Math.min(this.bands.length - 2, Math.floor((lat - this.box.south) * this.bandsPerDegree));
  }

  private eachBand(visit: (band: number, side: number) => void): void {
    for (let e = 0; 4 * e < this.sides.length; e++) {
      const last = this.bandOf(this.sides[4 * e + 3]!);
      for (let b = this.bandOf(this.sides[4 * e + 1]!); b <= last; b++) visit(b, e);
    }
  }

  /** Counts the sides east of the point; of a side, the south end belongs to it and the north end does not. */
  contains(lng: number, lat: number): boolean {
    const x = this.shift(lng);
    const { west, south, east, north } = this.box;
    if (!(x >= west && x <= east && lat >= south && lat < north)) return false;
    const { sides, bands, inBand } = this;
    const band = this.bandOf(lat);
    let inside = false;
    for (let i = bands[band]!; i < bands[band + 1]!; i++) {
      const e = 4 * inBand[i]!;
      if (lat < sides[e + 1]! || lat >= sides[e + 3]!) continue;
      const share = (lat - sides[e + 1]!) / (sides[e + 3]! - sides[e + 1]!);
      if (sides[e]! + (sides[e + 2]! - sides[e]!) * share > x) inside = !inside;
    }
    return inside;
  }
}

/** Sides are numbered through all rings. */
export class RingSet {
  private readonly rings: readonly Ring[];
  private readonly ringOf: Int32Array;
  private readonly sides: Float64Array;

  constructor(rings: Rings) {
    this.rings = rings.map((ring) => new Ring(ring));
    const count = this.rings.reduce((sum, ring) => sum + ring.sides.length / 4, 0);
    this.ringOf = new Int32Array(count);
    this.sides = new Float64Array(4 * count);
    let e = 0;
    this.rings.forEach((ring, r) => {
      this.sides.set(ring.sides, 4 * e);
      this.ringOf.fill(r, e, (e += ring.sides.length / 4));
    });
  }

  /** The box of the outer ring. */
  get box(): Box {
    return this.rings[0]!.box;
  }

  allSides(): Int32Array {
    return Int32Array.from(this.ringOf, (_, e) => e);
  }

  contains(lng: number, lat: number): boolean {
    for (let r = 0; r < this.rings.length; r++) if (this.rings[r]!.contains(lng, lat) !== (r === 0)) return false;
    return true;
  }

  /** Those of `sides` that run through the box; where longitudes jump inside it, all. */
  through(box: Box, sides: Int32Array): Int32Array {
    const found = new Int32Array(sides.length);
    let count = 0;
    for (let i = 0; i < sides.length; i++) {
      const { crosses, low } = this.rings[this.ringOf[sides[i]!]!]!;
      const turns = crosses && box.west < 0 ? 360 : 0;
      const west = box.west + turns;
      const east = box.east + turns;
      const torn = west < low || east > low + 360;
      if (torn || this.meets(4 * sides[i]!, west, box.south, east, box.north)) found[count++] = sides[i]!;
    }
    return found.subarray(0, count);
  }

  /** A segment misses a box when it lies beside it, or all corners lie on one side of it. */
  private meets(e: number, west: number, south: number, east: number, north: number): boolean {
    const [ax, ay, bx, by] = [this.sides[e]!, this.sides[e + 1]!, this.sides[e + 2]!, this.sides[e + 3]!];
    if (by < south || ay > north || Math.max(ax, bx) < west || Math.min(ax, bx) > east) return false;
    const dx = bx - ax;
    const dy = by - ay;
    const center = dx * ((south + north) / 2 - ay) - dy * ((west + east) / 2 - ax);
    const reach = (Math.abs(dx) * (north - south) + Math.abs(dy) * (east - west)) / 2;
    return Math.abs(center) <= reach;
  }
}

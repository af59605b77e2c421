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
  private readonly sides: Float64Array;
  /** 1 per side of a ring that crosses the antimeridian. */
  private readonly crosses: Uint8Array;
  private readonly scratch: Int32Array;

  constructor(rings: Rings) {
    this.rings = rings.map((ring) => new Ring(ring));
    const count = this.rings.reduce((sum, ring) => sum + ring.sides.length / 4, 0);
    this.sides = new Float64Array(4 * count);
    this.crosses = new Uint8Array(count);
    this.scratch = new Int32Array(count);
    let e = 0;
    for (const ring of this.rings) {
      this.sides.set(ring.sides, 4 * e);
      this.crosses.fill(ring.crosses ? 1 : 0, e, e + ring.sides.length / 4);
      e += ring.sides.length / 4;
    }
  }

  /** The box of the outer ring. */
  get box(): Box {
    return this.rings[0]!.box;
  }

  allSides(): Int32Array {
    return Int32Array.from(this.crosses.keys());
  }

  contains(lng: number, lat: number): boolean {
    for (let r = 0; r < this.rings.length; r++) if (this.rings[r]!.contains(lng, lat) !== (r === 0)) return false;
    return true;
  }

  /** Those of `among` that run through the box; where longitudes jump inside it, all. */
  through({ west, south, east, north }: Box, among: Int32Array): Int32Array {
    const { sides, crosses, scratch } = this;
    // The box as rings that cross the antimeridian see it.
    const turn = west < 0 ? 360 : 0;
    const torn = west < -180 || east > 180;
    const tornCrossing = west + turn < 0 || east + turn > 360;
    const width = east - west;
    const height = north - south;
    let count = 0;
    for (let i = 0; i < among.length; i++) {
      const e = among[i]!;
      const crossing = crosses[e] === 1;
      if (!(crossing ? tornCrossing : torn)) {
        // A segment misses a box when it lies beside it, or all corners lie on one side of it.
        const left = crossing ? west + turn : west;
        const ax = sides[4 * e]! - left;
        const bx = sides[4 * e + 2]! - left;
        const ay = sides[4 * e + 1]! - south;
        const by = sides[4 * e + 3]! - south;
        if (by < 0 || ay > height || (ax < 0 && bx < 0) || (ax > width && bx > width)) continue;
        const dx = bx - ax;
        const dy = by - ay;
        const offset = dx * (height / 2 - ay) - dy * (width / 2 - ax);
        if (Math.abs(offset) > (Math.abs(dx) * height + dy * width) / 2) continue;
      }
      scratch[count++] = e;
    }
    return scratch.slice(0, count);
  }
}

// The icosahedron that H3 cells lie on. A point of a face is a mean of its three corners, weighted by three numbers;
// beyond an edge one weight is negative, and the face across it holds the point: unfolding the two faces into one
// plane, the far corner is the mirror image of the near one, so weights (a, b, −c) of (A, B, C) are (a − c, b − c, c)
// of (A, B, C′). H3's projection is gnomonic, hence the point of the sphere is the weighted sum made a unit vector.

/** The unit vectors of the twelve corners, in the order of the pentagon base cells; corner 11 − v is opposite to v. */
// prettier-ignore
const CORNERS: StaticArray<f64> = [
  0.4201524267087097, 0.078145249402783, 0.9040825506150193,
  -0.5154559599440418, -0.38171689828713296, 0.7672009925177474,
  -0.41468222532033533, 0.6559624054348007, 0.6306758078914753,
  0.3557814025329447, -0.843580002466178, 0.40223422660292574,
  0.5188367303273642, 0.835420380378236, 0.1813318375572624,
  0.9950094394362414, -0.09134779527642782, 0.0401471758771668,
  -0.9950094394362414, 0.09134779527642782, -0.0401471758771668,
  -0.5188367303273642, -0.835420380378236, -0.1813318375572624,
  -0.3557814025329447, 0.843580002466178, -0.40223422660292574,
  0.41468222532033533, -0.6559624054348007, -0.6306758078914753,
  0.5154559599440418, 0.38171689828713296, -0.7672009925177474,
  -0.4201524267087097, -0.078145249402783, -0.9040825506150193,
];

export const CORNER_COUNT: i32 = 12;

/** For two corners of one edge, the sum of the numbers of the two corners that make faces with them; −1 for others. */
const apexSum: StaticArray<i32> = new StaticArray<i32>(CORNER_COUNT * CORNER_COUNT);

function areJoined(a: i32, b: i32): bool {
  // Neighbouring corners are at a cosine of 1/√5, others at −1/√5 or −1.
  return a != b && dotCorners(a, b) > 0;
}

function dotCorners(a: i32, b: i32): f64 {
  return (
    CORNERS[3 * a] * CORNERS[3 * b] + CORNERS[3 * a + 1] * CORNERS[3 * b + 1] + CORNERS[3 * a + 2] * CORNERS[3 * b + 2]
  );
}

for (let a = 0; a < CORNER_COUNT; a++) {
  for (let b = 0; b < CORNER_COUNT; b++) {
    let sum = -1;
    if (areJoined(a, b)) {
      sum = 0;
      for (let c = 0; c < CORNER_COUNT; c++) if (areJoined(a, c) && areJoined(b, c)) sum += c;
    }
    apexSum[CORNER_COUNT * a + b] = sum;
  }
}

/** The corner across the edge from `a` to `b`, seen from corner `c` of the face of all three. */
export function across(a: i32, b: i32, c: i32): i32 {
  return apexSum[CORNER_COUNT * a + b] - c;
}

/**
 * Writes the unit vector of the point with integer weights (p, q, r) of the corners a, b, c to `out[at …]`. At most
 * one weight may be negative: no cell reaches beyond two edges of the face that its chart is drawn on.
 */
export function writeVector(out: StaticArray<f64>, at: i32, a: i32, b: i32, c: i32, p: f64, q: f64, r: f64): void {
  if (p < 0) {
    a = across(b, c, a);
    q += p;
    r += p;
    p = -p;
  } else if (q < 0) {
    b = across(a, c, b);
    p += q;
    r += q;
    q = -q;
  } else if (r < 0) {
    c = across(a, b, c);
    p += r;
    q += r;
    r = -r;
  }
  a *= 3;
  b *= 3;
  c *= 3;
  const x = p * CORNERS[a] + q * CORNERS[b] + r * CORNERS[c];
  const y = p * CORNERS[a + 1] + q * CORNERS[b + 1] + r * CORNERS[c + 1];
  const z = p * CORNERS[a + 2] + q * CORNERS[b + 2] + r * CORNERS[c + 2];
  const scale = 1.0 / Math.sqrt(x * x + y * y + z * z);
  out[at] = x * scale;
  out[at + 1] = y * scale;
  out[at + 2] = z * scale;
}

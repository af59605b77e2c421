/** The host's side of `assembly/index.ts`: what the kernel exports and how its arrays are numbered. */

/** Must equal the kernel's own `ABI_VERSION`. */
export const ABI_VERSION = 6;

export interface KernelExports {
  readonly memory: WebAssembly.Memory;
  readonly ABI_VERSION: WebAssembly.Global;
  allocate(
    n: number,
    slots: number,
    k: number,
    measures: number,
    balanced: number,
    todaySlots: number,
    withRing: number,
    withCuts: number,
    permitRows: number,
    limits: number,
    withMatrix: number,
    mixClasses: number,
    sites: number,
  ): void;
  address(array: KernelArray): number;
  configure(
    inertia: number,
    cut: number,
    disruption: number,
    power: number,
    unitCenters: number,
    sphereRadius: number,
    contiguous: number,
    placesGiven: number,
  ): void;
  configureDemands(mix: number, unavoidable: number): void;
  prepare(): void;
  start(seed: number, start: number, moveLimit: number): void;
  resume(seed: number, stream: number, moveLimit: number): void;
  admit(): void;
  lessonsLength(): number;
  step(effort: number, timeFraction: number): void;
  finish(): void;
  getPhase(): number;
  getMoves(): number;
  getFraction(): number;
  getHasPlan(): number;
  getViolation(): number;
  getCost(): number;
  getProven(): number;
  allocateForBound(): void;
  boundAsLarge(): void;
  beginBound(cost: number, effortLimit: number): void;
  continueBound(effort: number, timeFraction: number): void;
  endBound(): void;
  getBoundDone(): number;
  getBound(): number;
  recountAll(): void;
  writeDiagram(effort: number): void;
  sumDiagram(effort: number, softness: number, grain: number): number;
  scoreCost(): number;
  scoreImbalance(): number;
  scoreComponents(): number;
  searchCost(): number;
  carriedSearchCost(): number;
  carriedSearchImbalance(): number;
  /** 1 while territories may fall apart. */
  searchRelaxed(): number;
  exposePlan(): void;
}

/** Numbers of the kernel's arrays, in the order of its `address`. */
export const KERNEL_ARRAY = {
  offsets: 0,
  neighbors: 1,
  cutWeight: 2,
  ring: 3,
  place: 4,
  weight: 5,
  activity: 6,
  lower: 7,
  upper: 8,
  target: 9,
  fixedCenter: 10,
  locked: 11,
  initial: 12,
  todayOffsets: 13,
  todayTerritory: 14,
  todayValue: 15,
  bestAssignment: 16,
  assignment: 17,
  lessons: 18,
  center: 19,
  price: 20,
  massLoad: 21,
  base: 22,
  permitRow: 23,
  permitAllowed: 24,
  mayScatter: 25,
  limitAmount: 26,
  limitMost: 27,
  limitScale: 28,
  matrix: 29,
  mixMeasure: 30,
  mixTarget: 31,
  mixScale: 32,
  site: 33,
} as const;
export type KernelArray = (typeof KERNEL_ARRAY)[keyof typeof KERNEL_ARRAY];

/** Names of the kernel's phase numbers. `idle` never shows outside: a kernel is asked after its start. */
export const KERNEL_PHASES = ['construct', 'construct', 'repair', 'improve', 'done'] as const;

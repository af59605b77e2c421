/** The public vocabulary of Equiterra. Types only: these files have no runtime code. */
export type * from './types/demands.js';
export type * from './types/editing.js';
export type * from './types/evaluation.js';
export type * from './types/ids.js';
export type * from './types/input.js';
export type * from './types/plan.js';
export type * from './types/problem.js';
export type * from './types/records.js';
export type * from './types/running.js';

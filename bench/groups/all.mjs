import { CANCEL } from './cancel.mjs';
import { DEMANDS } from './demands.mjs';
import { FIRST_PLAN } from './first-plan.mjs';
import { H3_GROUPS } from './h3-quality.mjs';
import { INGEST } from './ingest.mjs';
import { PEERS } from './peers.mjs';
import { PUBLISHED_GROUPS } from './published.mjs';
import { SESSION } from './session.mjs';
import { SPEED } from './speed.mjs';
import { WORKERS } from './workers.mjs';

/**
 * Every group: `run` measures and gives plain data, `measure` takes the values of the bars from it by id, and `details`
 * writes it out. Only `run` takes time, so a report is rebuilt from its data.
 */
export const GROUPS = [
  FIRST_PLAN,
  ...H3_GROUPS,
  ...PUBLISHED_GROUPS,
  PEERS,
  INGEST,
  SPEED,
  WORKERS,
  CANCEL,
  DEMANDS,
  SESSION,
];

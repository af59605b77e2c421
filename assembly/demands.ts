// Whether a problem demands what only the general search knows of: annealing by single units from diagrams or from
// today's plan. The searches for special problems move whole parts and look at balance and contiguity alone.

import { hasMatrix } from './cost-matrix';
import { mixFactor } from './mix';
import { limitCount } from './move-limits';
import { hasPermits, hasPins, scatters } from './permits';
import { siteCount } from './sites';

export function hasDemands(): bool {
  return hasPermits || hasPins || scatters || limitCount > 0 || hasMatrix || mixFactor > 0 || siteCount > 0;
}

/** What a page loads when it first rebalances. */
export { resolveRebalanceOptions } from './options.js';
export { rebalancePlan } from './rebalance.js';

/** What may be forgotten, and forgetting it without disturbing anybody. */
export { prune, type Pruned } from './prune.ts';
export { startRetention, type RetentionOptions } from './retention.ts';

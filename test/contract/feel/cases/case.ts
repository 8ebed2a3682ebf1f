import type { JsonValue } from '../../../../engine/contract/json.ts';

/** Expression, expected value, variables (a FEEL context). */
export type Case = [expression: string, expected: JsonValue, variables?: string];

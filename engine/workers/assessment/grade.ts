import type { JsonObject } from '../../contract/json.ts';

/** A subject is scored when figures of at least this share of the weights are there. */
const LEAST_WEIGHT = 0.5;

/** Grade of a score. */
export function gradeOf(score: number): 'A' | 'B' | 'C' | 'D' {
  return score >= 90 ? 'A' : score >= 80 ? 'B' : score >= 60 ? 'C' : 'D';
}

/** Weighted mean of the figures that are there, with two decimals; null when too little of the weight is measured. */
export function weightedScore(metrics: JsonObject, weights: JsonObject): number | null {
  let [sum, measured, all] = [0, 0, 0];
  for (const [metric, weight] of Object.entries(weights)) {
    if (typeof weight !== 'number' || weight <= 0) continue;
    all += weight;
    const value = metrics[metric];
    if (typeof value !== 'number') continue;
    measured += weight;
    sum += weight * Math.min(100, Math.max(0, value));
  }
  return all === 0 || measured < all * LEAST_WEIGHT ? null : Math.round((sum / measured) * 100) / 100;
}

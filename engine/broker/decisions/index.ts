export { evaluateDecision } from './evaluate.ts';
export type { DecisionEvaluation, EvaluatedDecision } from './evaluate.ts';
export type { EvaluatedInput, MatchedRule } from './place.ts';
export { DecisionModelError } from './model.ts';
export type { Aggregator, Decision, DecisionModel, DecisionType, HitPolicy, Knowledge } from './model.ts';
export { readDecisions } from './read.ts';

import type { CompiledExpression, CompiledUnaryTests, FeelValue } from '../../contract/feel/index.ts';

/** Kind of a decision's logic, by the names of Zeebe's records. */
export type DecisionType = 'DECISION_TABLE' | 'LITERAL_EXPRESSION' | 'CONTEXT' | 'INVOCATION' | 'LIST' | 'RELATION';

export type HitPolicy = 'UNIQUE' | 'FIRST' | 'ANY' | 'PRIORITY' | 'RULE ORDER' | 'OUTPUT ORDER' | 'COLLECT';
export type Aggregator = 'SUM' | 'MIN' | 'MAX' | 'COUNT';

/** A set of decisions as deployed together (a DRG), every expression compiled. */
export interface DecisionModel {
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  /** In the order of the file. */
  readonly decisions: readonly Decision[];
  readonly knowledge: readonly Knowledge[];
}

export interface Decision {
  readonly id: string;
  readonly name: string;
  readonly type: DecisionType;
  /** Under which name its result is known to the decisions that require it. */
  readonly resultName: string;
  /** FEEL type its result must have; other type names are not checked. */
  readonly resultType?: string;
  /** Ids, in the order of the file. */
  readonly requiredDecisions: readonly string[];
  readonly requiredKnowledge: readonly string[];
  readonly logic: Logic;
}

/** A business knowledge model: a function for the decisions that require it. */
export interface Knowledge {
  readonly id: string;
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly requiredKnowledge: readonly string[];
  readonly logic: Logic;
}

export interface Parameter {
  readonly name: string;
  readonly type?: string;
}

/** What decides. */
export type Logic =
  | DecisionTable
  | { readonly type: 'LITERAL_EXPRESSION'; readonly expression: CompiledExpression }
  | { readonly type: 'CONTEXT'; readonly entries: readonly { readonly name?: string; readonly value: Logic }[] }
  | { readonly type: 'LIST'; readonly items: readonly Logic[] }
  | { readonly type: 'RELATION'; readonly rows: readonly (readonly { readonly column: string; readonly value: Logic }[])[] }
  | { readonly type: 'INVOCATION'; readonly knowledge: string; readonly bindings: readonly { readonly parameter: string; readonly value: Logic }[] }
  | { readonly type: 'FUNCTION'; readonly parameters: readonly Parameter[]; readonly body: Logic };

export interface DecisionTable {
  readonly type: 'DECISION_TABLE';
  readonly hitPolicy: HitPolicy;
  readonly aggregator?: Aggregator;
  readonly inputs: readonly { readonly id: string; readonly name: string; readonly expression: CompiledExpression }[];
  readonly outputs: readonly Output[];
  readonly rules: readonly Rule[];
}

export interface Output {
  readonly id: string;
  /** Key in the result when there are several outputs. */
  readonly name: string;
  /** Label, or else the name. */
  readonly title: string;
  /** Allowed values, the most important first; for PRIORITY and OUTPUT ORDER. */
  readonly priorities: readonly FeelValue[];
  /** Result when no rule matches. */
  readonly fallback?: CompiledExpression;
}

export interface Rule {
  readonly id: string;
  /** Undefined: any input. */
  readonly tests: readonly (CompiledUnaryTests | undefined)[];
  readonly results: readonly CompiledExpression[];
}

/** A model that Zeebe 8.5 refuses at deployment; one sentence that names the element. */
export class DecisionModelError extends Error {
  override readonly name = 'DecisionModelError';
}

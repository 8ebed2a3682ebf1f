import type { Env } from './evaluation.ts';
import type { Node } from './syntax.ts';
import type { FeelValue } from './value.ts';

/** A compiled node: what is left to do is to give it the variables. */
export type Code = (env: Env) => FeelValue;

/** Turns a node into code. Handed to the files that compile one kind of node, which cannot import it. */
export type Compile = (node: Node) => Code;

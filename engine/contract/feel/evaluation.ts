import type { FeelScope, FeelValue } from './value.ts';

/** What an evaluation takes from outside. */
export interface FeelOptions {
  /** Epoch milliseconds, for `now()` and `today()`. Without it the two give null. */
  now?: () => number;
  /** IANA zone of `now()` and `today()`. @default 'Asia/Shanghai' */
  zone?: string;
  /** A number from 0 up to, not including, 1, for `random number()`. @default Math.random */
  random?: () => number;
}

/** Kind of a problem, by the names Zeebe's messages carry. */
export type FeelProblemType =
  | 'NO_VARIABLE_FOUND' | 'NO_CONTEXT_ENTRY_FOUND' | 'NO_PROPERTY_FOUND' | 'NOT_COMPARABLE' | 'INVALID_TYPE'
  | 'NO_FUNCTION_FOUND' | 'FUNCTION_INVOCATION_FAILURE' | 'ASSERT_FAILURE';

/** Why a part of an expression became null. */
export interface FeelProblem {
  readonly type: FeelProblemType;
  /** One sentence with the values concerned. */
  readonly message: string;
  /** Offset in the expression, from 0. */
  readonly position: number;
  /** The part of the expression that was read there. */
  readonly source: string;
}

/** Outcome of an evaluation. */
export interface FeelResult {
  /** The value; null after a failure. */
  readonly value: FeelValue;
  /** Errors that became null on the way; they do not fail the evaluation. */
  readonly problems: FeelProblem[];
  /** Set when the evaluation as a whole failed (`assert`, `modulo` by zero, …). */
  readonly failure?: string;
  /** Kind of the failure, as Zeebe's incidents name it: `assert`, or the class of an exception. */
  readonly failureKind?: string;
}

/** A part of the source text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** An evaluation that cannot go on; becomes the result's `failure`. */
export class FeelFailure extends Error {
  /** `assert`, or the class of the exception Zeebe names; undefined for a plain reason. */
  readonly kind: string | undefined;

  constructor(message: string, kind?: string) {
    super(message);
    this.kind = kind;
  }
}

/** `?` where there is no input. Zeebe 8.5 looks whether a test needs its input by evaluating it without one first. */
export class InputMissing extends FeelFailure {
  constructor() {
    super("No input value available. '?' can only be used inside an unary-test expression.");
  }
}

/** State of one evaluation: clock, and the problems met so far. */
export class Run {
  readonly problems: FeelProblem[] = [];
  readonly options: FeelOptions;
  private readonly text: string;
  private muted = 0;
  /** Where problems of the function being called belong to. */
  site: Span = { start: 0, end: 0 };

  constructor(text: string, options: FeelOptions) {
    this.text = text;
    this.options = options;
  }

  /** Notes a problem and gives the null that stands for it. */
  problem(type: FeelProblemType, message: string, span: Span = this.site): null {
    // a loop over thousands of rows must not keep thousands of equal problems
    if (this.muted === 0 && this.problems.length < 100) {
      this.problems.push({ type, message, position: span.start, source: this.text.slice(span.start, span.end) });
    }
    return null;
  }

  /** Runs something whose problems do not count. */
  silently(body: () => FeelValue): FeelValue {
    this.muted += 1;
    try {
      return body();
    } finally {
      this.muted -= 1;
    }
  }

  /** Runs something whose problems and failures do not count; null when it failed. */
  quietly(body: () => FeelValue): FeelValue {
    this.muted += 1;
    try {
      return body();
    } catch (error) {
      if (error instanceof FeelFailure) return null;
      throw error;
    } finally {
      this.muted -= 1;
    }
  }
}

/** Variables as seen from one place of an expression. */
export interface Env {
  readonly run: Run;
  get(name: string): FeelValue | undefined;
}

/** The outermost variables. */
export class RootEnv implements Env {
  readonly run: Run;
  private readonly scope: FeelScope;

  constructor(run: Run, scope: FeelScope) {
    this.run = run;
    this.scope = scope;
  }

  get(name: string): FeelValue | undefined {
    return this.scope.get(name);
  }
}

/** One more name. */
export class BoundEnv implements Env {
  readonly run: Run;
  private readonly parent: Env;
  private readonly name: string;
  private readonly value: FeelValue;

  constructor(parent: Env, name: string, value: FeelValue) {
    this.run = parent.run;
    this.parent = parent;
    this.name = name;
    this.value = value;
  }

  get(name: string): FeelValue | undefined {
    return name === this.name ? this.value : this.parent.get(name);
  }
}

/** The entries of a context (or several names at once) before the outer variables. */
export class ScopedEnv implements Env {
  readonly run: Run;
  private readonly parent: Env;
  private readonly scope: FeelScope;

  constructor(parent: Env, scope: FeelScope) {
    this.run = parent.run;
    this.parent = parent;
    this.scope = scope;
  }

  get(name: string): FeelValue | undefined {
    const own = this.scope.get(name);
    return own !== undefined ? own : this.parent.get(name);
  }

  /** The same, without entries that are added later. */
  frozen(): Env {
    return this.scope instanceof Map ? new ScopedEnv(this.parent, new Map(this.scope)) : this;
  }
}

import type { JsonObject, JsonValue } from '../json.ts';
import type { FormOption } from './options.ts';

/** What a form may look at beside its own values. */
export interface FormScope {
  /** Variables of the process; context for conditions, limits and options. */
  variables: JsonObject;
  /** Epoch milliseconds of the one clock. */
  now: number;
  /** IANA zone of the institution, e.g. `Asia/Shanghai`. */
  zone: string;
  /** Options of `properties.source`, by source; a source not given is not checked. */
  sources?: Record<string, FormOption[] | undefined>;
}

/** Where in the data a component stands: repeat rows give `this`, `parent` and `i`. */
export interface RowScope {
  row: JsonObject;
  parent: RowScope | null;
  /** 1-based, outermost first. */
  indexes: number[];
}

/** The scope at the top of a form. */
export function topScope(data: JsonObject): RowScope {
  return { row: data, parent: null, indexes: [] };
}

/**
 * The names FEEL sees: the whole form data (values over variables), `this`, `parent`, `i`, and the same with underscores.
 * The plain special names lose against a variable of the same name, the underscored always win (form-js viewer 2.0).
 */
export function feelScope(values: JsonObject, scope: FormScope, at: RowScope): JsonObject {
  const data: JsonObject = { ...scope.variables, ...values };
  const self: JsonValue = at.parent === null ? data : at.row;
  const parent: JsonValue = at.parent === null ? null : at.parent.parent === null ? data : at.parent.row;
  return { this: self, parent, i: at.indexes, ...data, _this_: self, _parent_: parent, _i_: at.indexes };
}

import { exactJsonText, memberText, parseExactJson } from '../../contract/exact-json.ts';
import { feelFromJson, type FeelScope, type FeelValue } from '../../contract/feel/index.ts';
import type { JsonObject, JsonValue } from '../../contract/json.ts';
import type { Key } from '../../protocol/key.ts';
import { tenantOf } from '../../protocol/tenant.ts';
import type { EngineState } from './engine-state.ts';
import { findInstance, instanceOf } from './process-instance.ts';
import { instanceUnit, variables, type ElementInstance, type Variable } from './tables.ts';

/** Most characters of a variable's JSON text; as much as a message of the protocol may hold. */
const MOST_CHARACTERS = 4 * 1024 * 1024;

/** A variable's value is larger than can be kept. */
export class VariableTooLarge extends Error {}

const feelValues = new WeakMap<Variable, FeelValue>();

function localVariable(state: EngineState, scope: ElementInstance, name: string): Variable | undefined {
  return state.rows.getIn(instanceUnit(scope.processInstanceKey), variables, `${scope.key}:${name}`);
}

/** The variable as seen from a scope: its own, or that of the nearest enclosing scope. */
export function visibleVariable(state: EngineState, from: ElementInstance, name: string): Variable | undefined {
  for (let scope: ElementInstance | undefined = from; scope !== undefined; scope = findInstance(state, scope.flowScopeKey)) {
    const found = localVariable(state, scope, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** All variables visible from a scope, as JSON; only those named when `names` is not empty. */
export function visibleVariables(state: EngineState, from: ElementInstance, names: readonly string[] = []): JsonObject {
  const result: JsonObject = {};
  for (let scope: ElementInstance | undefined = from; scope !== undefined; scope = findInstance(state, scope.flowScopeKey)) {
    for (const variable of localVariables(state, scope)) {
      if (variable.name in result || (names.length > 0 && !names.includes(variable.name))) continue;
      result[variable.name] = parseExactJson(variable.value);
    }
  }
  return result;
}

/** Variables of exactly this scope, oldest first. */
export function localVariables(state: EngineState, scope: ElementInstance): Variable[] {
  return state.rows.find(instanceUnit(scope.processInstanceKey), variables, 'scope', scope.key);
}

/** They, as JSON. */
export const localVariablesOf = (state: EngineState, scope: ElementInstance): JsonObject => asJson(localVariables(state, scope));

/** Variables as JSON; only those named when `names` is not empty. */
export const asJson = (all: readonly Variable[], names: readonly string[] = []): JsonObject => Object.fromEntries(all.filter(({ name }) => names.length === 0 || names.includes(name)).map(({ name, value }) => [name, parseExactJson(value)]));

/** The FEEL scope of an element instance; `extra` names win over variables. */
export function feelScope(state: EngineState, from: ElementInstance, extra?: ReadonlyMap<string, FeelValue>): FeelScope {
  return {
    get(name) {
      const given = extra?.get(name);
      if (given !== undefined) return given;
      const variable = visibleVariable(state, from, name);
      if (variable === undefined) return undefined;
      let value = feelValues.get(variable);
      if (value === undefined) feelValues.set(variable, (value = feelFromJson(parseExactJson(variable.value))));
      return value;
    },
  };
}

/** VARIABLE CREATED or UPDATED in exactly this scope. Nothing happens when the value is the same. */
export const setLocal = (state: EngineState, scope: ElementInstance, name: string, value: JsonValue): void => setText(state, scope, name, exactJsonText(value));

function setText(state: EngineState, scope: ElementInstance, name: string, text: string): void {
  if (text.length > MOST_CHARACTERS) throw new VariableTooLarge(`Expected variable '${name}' to have at most ${MOST_CHARACTERS} characters as JSON, but it has ${text.length}`);
  const before = localVariable(state, scope, name);
  if (before?.value === text) return;
  const key: Key = before?.key ?? state.mintKey();
  state.record('VARIABLE', before === undefined ? 'CREATED' : 'UPDATED', key, {
    name,
    value: text,
    scopeKey: scope.key,
    processInstanceKey: scope.processInstanceKey,
    processDefinitionKey: scope.processDefinitionKey,
    bpmnProcessId: scope.bpmnProcessId,
    tenantId: tenantOf(scope),
  });
  state.rows.put(instanceUnit(scope.processInstanceKey), variables, `${scope.key}:${name}`, { key, scopeKey: scope.key, name, value: text });
  state.noteChange(scope.processInstanceKey);
}

/**
 * Sets each variable in the nearest scope, from `from` outward, that has another value of it, else in the process instance: a scope
 * that has the same value already is passed by (Zeebe 8.5.8), so what an event or a call holds itself goes outside all the same.
 */
export function mergeVariables(state: EngineState, from: ElementInstance, values: JsonObject): void {
  for (const name of Object.keys(values)) {
    let scope = from;
    const text = memberText(values, name);
    const differs = (): boolean => (localVariable(state, scope, name)?.value ?? text) !== text;
    while (scope.type !== 'PROCESS' && !differs()) scope = instanceOf(state, scope.flowScopeKey);
    setText(state, scope, name, text);
  }
}

/** Sets all variables in exactly this scope. */
export function setAllLocal(state: EngineState, scope: ElementInstance, values: JsonObject): void {
  for (const name of Object.keys(values)) setText(state, scope, name, memberText(values, name));
}

/** Drops the variables of a scope that never came to be. No record shows it. */
export function forgetVariables(state: EngineState, processInstanceKey: Key, scopeKey: Key): void {
  const unit = instanceUnit(processInstanceKey);
  for (const variable of state.rows.find(unit, variables, 'scope', scopeKey)) state.rows.delete(unit, variables, `${variable.scopeKey}:${variable.name}`);
}

/** VARIABLE MIGRATED: it belongs to another definition from here on. As in Zeebe 8.5.8 the record does not repeat its value. */
export function variableMigrated(state: EngineState, scope: ElementInstance, variable: Variable): void {
  state.record('VARIABLE', 'MIGRATED', variable.key, {
    name: variable.name,
    value: 'null',
    scopeKey: scope.key,
    processInstanceKey: scope.processInstanceKey,
    processDefinitionKey: scope.processDefinitionKey,
    bpmnProcessId: scope.bpmnProcessId,
    tenantId: tenantOf(scope),
  });
}

import type { JsonObject } from '../../../contract/json.ts';
import { NO_KEY, type Key } from '../../../protocol/key.ts';
import { elementOf, type ExecutableElement, type ExecutableProcess } from '../../model/executable-process.ts';
import { modelOf } from '../../state/deployment.ts';
import { childrenIn, elementActivated, elementActivating, findInstance, instanceOf } from '../../state/process-instance.ts';
import type { ElementInstance } from '../../state/tables.ts';
import { setAllLocal } from '../../state/variable.ts';
import { ElementFailure } from './failure.ts';
import { newInstance } from './new-instance.ts';
import { openSubscriptions } from './open-subscriptions.ts';
import type { BehaviorRegistry, FollowUp, Processing } from './processing.ts';

/** An element to begin out of its turn. */
export interface Activation {
  elementId: string;
  /** Which instance of an enclosing scope; NO_KEY: the only one there is, or a new one. */
  ancestorKey: Key;
  /** Set in the instance of `scopeId`, which is the element or a scope around it; empty: the process instance. */
  variables: readonly { scopeId: string; variables: JsonObject }[];
}

/** What an activation has led to so far; its step is still to be done. */
export interface Placed {
  step: Extract<FollowUp, { type: 'activate' }>;
  /** The scopes it needs, outermost first. */
  scopes: readonly Key[];
}

/** Why an element cannot be begun there. */
export class PlacementFailure extends Error {
  readonly why: 'several-scopes' | 'multi-instance' | 'events';
  readonly scopeId: string;

  constructor(why: PlacementFailure['why'], scopeId: string, message = '') {
    super(message);
    this.why = why;
    this.scopeId = scopeId;
  }
}

/** Scopes around an element, the process first. */
export function scopesAround(model: ExecutableProcess, element: ExecutableElement): ExecutableElement[] {
  const scopes: ExecutableElement[] = [];
  for (let scope = element; scope.id !== model.id; ) scopes.unshift((scope = elementOf(model, scope.scopeId)));
  return scopes;
}

/** Finds or opens the scopes around an element, without their input mappings and start events, and sets its variables. Throws PlacementFailure. */
export function placeElement(processing: Processing, process: ElementInstance, { elementId, ancestorKey, variables }: Activation): Placed {
  const { state } = processing;
  const model = modelOf(state, process.processDefinitionKey);
  const element = elementOf(model, elementId);
  const valuesOf = (id: string): JsonObject[] => variables.filter(({ scopeId }) => scopeId === id || (scopeId === '' && id === model.id)).map((each) => each.variables);
  const lineage = lineageOf(processing, ancestorKey);
  const scopes: ElementInstance[] = [];
  for (const around of scopesAround(model, element)) {
    const parent = scopes.at(-1);
    const found = parent === undefined ? process : chooseScope(processing, around, parent, lineage);
    const scope = found ?? openScope(processing, around, parent!, valuesOf(around.id));
    if (found !== undefined) for (const values of valuesOf(around.id)) setAllLocal(state, scope, values);
    scopes.push(scope);
  }
  const scope = scopes.at(-1)!;
  const key = state.mintKey();
  for (const values of valuesOf(elementId)) setAllLocal(state, newInstance(key, element, scope, undefined), values);
  const consumes = processing.behaviors[element.type as keyof BehaviorRegistry].usesWaiting?.(processing, element, scope) ?? 0;
  return { step: { type: 'activate', elementId, scopeKey: scope.key, consumes, key }, scopes: scopes.map((each) => each.key) };
}

/** An element instance and all around it; empty when none was chosen. */
function lineageOf({ state }: Processing, ancestorKey: Key): ReadonlySet<Key> {
  const lineage = new Set<Key>();
  for (let at = findInstance(state, ancestorKey); at !== undefined; at = at.flowScopeKey === NO_KEY ? undefined : instanceOf(state, at.flowScopeKey)) lineage.add(at.key);
  return lineage;
}

/** The instance of a scope inside its parent; undefined when a new one is to be opened. */
function chooseScope({ state }: Processing, scope: ExecutableElement, parent: ElementInstance, lineage: ReadonlySet<Key>): ElementInstance | undefined {
  let candidates = childrenIn(state, parent).filter((child) => child.elementId === scope.id && child.state === 'ACTIVATED');
  // A multi-instance holds its passes in a body of its own.
  if (scope.multiInstance !== undefined) candidates = candidates.flatMap((body) => childrenIn(state, body).filter((pass) => pass.state === 'ACTIVATED'));
  const chosen = lineage.size > 0 ? candidates.filter((each) => lineage.has(each.key)) : candidates;
  if (chosen.length > 1) throw new PlacementFailure('several-scopes', scope.id);
  if (chosen.length === 0 && scope.multiInstance !== undefined) throw new PlacementFailure('multi-instance', scope.id);
  return chosen[0];
}

function openScope(processing: Processing, element: ExecutableElement, parent: ElementInstance, values: readonly JsonObject[]): ElementInstance {
  const { state } = processing;
  const instance = newInstance(state.mintKey(), element, parent, undefined);
  elementActivating(state, instance, 0);
  for (const each of values) setAllLocal(state, instance, each);
  const activated = elementActivated(state, instanceOf(state, instance.key));
  openEvents(processing, element, activated);
  return activated;
}

/** Opens the events of a scope that was entered without its start event. Throws PlacementFailure. */
export function openEvents(processing: Processing, element: ExecutableElement, scope: ElementInstance): void {
  try {
    openSubscriptions(processing, element, scope, false);
  } catch (failure) {
    if (!(failure instanceof ElementFailure)) throw failure;
    throw new PlacementFailure('events', element.id, failure.message);
  }
}

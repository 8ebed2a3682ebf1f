import type { JsonObject, JsonValue } from '../../../contract/json.ts';
import type { Key } from '../../../protocol/key.ts';
import type { BpmnElementType } from '../../../protocol/records.ts';
import type { ExecutableElement } from '../../model/executable-process.ts';
import type { EngineState } from '../../state/engine-state.ts';
import type { ElementInstance, EventTrigger } from '../../state/tables.ts';

/** What happened, on its way to the event's own element. */
export type Trigger = Pick<EventTrigger, 'elementId' | 'kind' | 'variables'>;

/** A step that a decision leads to; done in order of arrival within the same command. */
export type FollowUp =
  | {
      type: 'activate';
      elementId: string;
      scopeKey: Key;
      /** Incoming sequence flows this uses up. */
      consumes: number;
      trigger?: Trigger;
      /** Of one pass of a multi-instance. */
      loop?: { counter: number; item: JsonValue };
    }
  /** A process instance begins. */
  | { type: 'begin'; instance: ElementInstance; trigger?: Trigger }
  | { type: 'complete'; key: Key }
  | { type: 'terminate'; key: Key };

/** What processors and behaviors work with. */
export interface Processing {
  readonly state: EngineState;
  /** Behavior of every BPMN type. */
  readonly behaviors: BehaviorRegistry;
  follow(step: FollowUp): void;
  /** Like `follow`, but before all other steps that wait. */
  next(step: FollowUp): void;
  /** Runs work once every step of the command is done; what it leads to is done after it. */
  afterSteps(work: () => void): void;
  /** A process instance has completed; whoever waits for its result gets these variables. */
  processCompleted(instance: ElementInstance, variables: JsonObject): void;
  /** A process instance was terminated; nobody will get its result. */
  processTerminated(instance: ElementInstance): void;
}

/** What an element does once all that may fail is evaluated and its subscriptions are open. */
export interface Prepared {
  /** Before the record of its activation: jobs are created here, as Zeebe does. */
  activating?: (instance: ElementInstance) => void;
  activated?: (instance: ElementInstance) => void;
}

/**
 * How one BPMN type behaves. The lifecycle (`lifecycle.ts`) does what all have in common: mappings, event subscriptions,
 * records, incidents, leaving.
 */
export interface ElementBehavior {
  /** Evaluates all that may fail; a function it returns runs once the element is activated. Throws ElementFailure. */
  prepare?(processing: Processing, element: ExecutableElement, instance: ElementInstance, trigger: Trigger | undefined): Prepared | ((instance: ElementInstance) => void);
  /** Runs while completing, after the output mappings. What it returns is handed to `leave`. Throws ElementFailure. */
  completing?(processing: Processing, element: ExecutableElement, instance: ElementInstance): JsonObject;
  /** Replaces taking every outgoing sequence flow. */
  leave?(processing: Processing, element: ExecutableElement, instance: ElementInstance, left: Left): void;
  /** A child has completed (of multi-instance bodies). Runs before the child's record of completion. */
  childCompleting?(processing: Processing, element: ExecutableElement, scope: ElementInstance, child: ElementInstance): void;
  /** A child is gone, completed or terminated. */
  childGone?(processing: Processing, element: ExecutableElement, scope: ElementInstance, child: ElementInstance): void;
}

/** What an element instance leaves behind: the triggers it held, and what `completing` kept of it. */
export interface Left {
  triggers: readonly EventTrigger[];
  kept: JsonObject;
}

export type BehaviorRegistry = Readonly<Record<Exclude<BpmnElementType, 'SEQUENCE_FLOW'>, ElementBehavior>>;

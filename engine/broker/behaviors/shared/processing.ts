import type { JsonObject, JsonValue } from '../../../contract/json.ts';
import type { Key } from '../../../protocol/key.ts';
import type { BpmnElementType } from '../../../protocol/records.ts';
import type { ExecutableElement, SequenceFlow } from '../../model/executable-process.ts';
import type { EngineState } from '../../state/engine-state.ts';
import type { ElementInstance, EventTrigger, Variable } from '../../state/tables.ts';

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
      /** Key it gets; a new one unless given. */
      key?: Key;
      trigger?: Trigger;
      /** Of one pass of a multi-instance. */
      loop?: { counter: number; item: JsonValue };
      /** Of a compensation handler: the subscription it undoes. */
      compensates?: Key;
    }
  /** A process instance begins. */
  | { type: 'begin'; instance: ElementInstance; trigger?: Trigger }
  /** A signal is heard by whoever waits for it now. */
  | { type: 'broadcast'; signalName: string; variables: JsonObject; tenantId?: string }
  /** The passes of a parallel multi-instance begin, behind what already waits. */
  | { type: 'begin passes'; key: Key; items: readonly JsonValue[] }
  | { type: 'complete'; key: Key }
  | { type: 'terminate'; key: Key };

/** What processors and behaviors work with. */
export interface Processing {
  readonly state: EngineState;
  /** Behavior of every BPMN type. */
  readonly behaviors: BehaviorRegistry;
  /** How often each element has been completed in its scope by this command (`scope key:element id`). */
  readonly completions: Map<string, number>;
  follow(step: FollowUp): void;
  /** Does a step at once. Rows read before it are old afterwards. */
  now(step: FollowUp): void;
  /** Like `follow`, but before all other steps that wait. */
  next(step: FollowUp): void;
  /** Runs work once every step of the command is done; what it leads to is done after it. */
  afterSteps(work: () => void): void;
  /** A process instance has completed; whoever waits for its result gets these variables. */
  processCompleted(instance: ElementInstance, variables: readonly Variable[]): void;
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
  /** Begins all passes of a multi-instance. */
  beginPasses?(processing: Processing, element: ExecutableElement, body: ElementInstance, items: readonly JsonValue[]): void;
  /** Whether its mappings are applied (Zeebe 8.5 applies none to tasks that do nothing, and of a multi-instance only those of each pass). @default true */
  appliesMappings?(element: ExecutableElement): boolean;
  /** Whether its input mappings are applied. @default always */
  takesInputs?(element: ExecutableElement): boolean;
  /** What began it is seen as its own variables from its activation on; others get them as they complete. */
  keepsTrigger?(processing: Processing, instance: ElementInstance): boolean;
  /** Whether the variables of what began it go outside when it completes. @default true */
  passesTriggerOn?: false;
  /** Variables of an error stay with it unless an output mapping passes them on (Zeebe 8.5.8). */
  keepsErrorVariables?: true;
  /** Holds other elements. The events of a scope are open from the moment its start event completes, so that the mappings of that are seen (Zeebe 8.5.8). */
  isScope?: true;
  /** What ran in it can be undone from inside it alone; what throws compensation there also undoes what ran around it (Zeebe 8.5.8). */
  sharesCompensation?: true;
  /** A sequence flow has been taken to it. Replaces its activation. */
  arrive?(processing: Processing, element: ExecutableElement, scope: ElementInstance, flow: SequenceFlow): void;
  /** A gateway that waits for whatever can still reach it. */
  waitsForReach?: true;
  /** Begun out of its turn: uses up one of each flow that waits for it; their number. */
  usesWaiting?(processing: Processing, element: ExecutableElement, scope: ElementInstance): number;
  /** It is being terminated: gives up what it waits for beside subscriptions and its job. */
  terminating?(processing: Processing, element: ExecutableElement, instance: ElementInstance): void;
  /** Evaluates all that may fail; a function it returns runs once the element is activated. Throws ElementFailure. */
  prepare?(processing: Processing, element: ExecutableElement, instance: ElementInstance, trigger: Trigger | undefined): Prepared | ((instance: ElementInstance) => void);
  /** Runs while completing, after the output mappings. Variables it returns are handed to `leave`. Throws ElementFailure. */
  completing?(processing: Processing, element: ExecutableElement, instance: ElementInstance): readonly Variable[];
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
  kept: readonly Variable[];
}

export type BehaviorRegistry = Readonly<Record<Exclude<BpmnElementType, 'SEQUENCE_FLOW'>, ElementBehavior>>;

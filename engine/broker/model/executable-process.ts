import type { CompiledExpression } from '../../contract/feel/index.ts';
import type { BpmnElementType, BpmnEventType } from '../../protocol/records.ts';

/** A value that an author wrote as plain text or as FEEL (after `=`). */
export type Expression = { kind: 'static'; text: string } | { kind: 'feel'; text: string; compiled: CompiledExpression };

export interface Mapping {
  source: Expression;
  /** Path of the variable written, e.g. `customer.name`. */
  target: string[];
}

export interface SequenceFlow {
  id: string;
  sourceId: string;
  targetId: string;
  condition?: Expression;
}

export interface TimerDefinition {
  kind: 'date' | 'duration' | 'cycle';
  expression: Expression;
}

export interface MultiInstance {
  sequential: boolean;
  inputCollection: Expression;
  inputElement?: string;
  outputCollection?: string;
  outputElement?: Expression;
  /** Variable that `outputElement` reads when it is but a name or a path: each pass has it for itself, null at first. */
  outputVariable?: string;
  completionCondition?: Expression;
  /** Of a standard loop, which is a multi-instance in turn without a collection: goes on while the condition holds, at most `maximum` times. */
  standardLoop?: { condition?: Expression; testBefore: boolean; maximum?: number };
}

/** One element of a process, read for execution. Only what applies to its type is set. */
export interface ExecutableElement {
  id: string;
  name: string;
  type: BpmnElementType;
  eventType: BpmnEventType;
  /** Id of the scope: a subprocess, or the process. */
  scopeId: string;
  incoming: string[];
  /** In the order in which they are walked: the last `sequenceFlow` of the file first, as Zeebe does. */
  outgoing: SequenceFlow[];
  defaultFlowId?: string;
  inputs: Mapping[];
  outputs: Mapping[];
  /** Boundary events attached to it. */
  boundaryIds: string[];
  /** Of a boundary event: its host. */
  attachedToId?: string;
  /** Of boundary events and start events of event subprocesses. */
  interrupting: boolean;
  multiInstance?: MultiInstance;
  /** Of a scope: its none start event, and its event subprocesses. */
  startEventId?: string;
  eventSubprocessIds: string[];
  /** Of a receive task: a message begins a process with it. */
  instantiates?: true;
  /** Of a process: message, timer and signal start events, and receive tasks that begin it. */
  eventStartIds: string[];
  job?: { type: Expression; retries: Expression; headers: Record<string, string>; priority?: Expression };
  /** `native`: a task of the engine itself, else a job. */
  userTask?: { assignee?: Expression; candidateGroups?: Expression; candidateUsers?: Expression; dueDate?: Expression; followUpDate?: Expression; formId?: Expression; formKey?: Expression; native?: { headers: Record<string, string>; externalReference?: Expression } };
  script?: { expression: Expression; resultVariable: string };
  calledDecision?: { decisionId: Expression; resultVariable: string };
  calledElement?: { processId: Expression; propagateAllParent: boolean; propagateAllChild: boolean; binding?: { type: 'deployment' } | { type: 'versionTag'; versionTag: Expression } };
  message?: { name: Expression; correlationKey?: Expression };
  timer?: TimerDefinition;
  /** Of signal events: the signal's name. */
  signal?: Expression;
  /** Of compensation events: of a boundary event its handler, of a throwing one the activity to undo (missing: everything in its scope). */
  compensation?: { handlerId?: string; activityId?: string };
  /** Of an event with several definitions: ids of events of one definition each that stand for it while it is waited for. */
  alternatives?: string[];
  /** Of a throwing event with several definitions: the signals and escalations it throws, each as an event of its own; a message among them is its job. */
  throws?: ExecutableElement[];
  /** Of such an event: all of its definitions must happen, not any one. */
  isParallelMultiple?: true;
  /** Of one that stands for an event with several definitions: that event. */
  multipleOf?: string;
  /** Of conditional events. */
  condition?: Expression;
  /** Of an ad-hoc subprocess: ids of the elements to begin with, and when it is done with some of them running. */
  adHoc?: { activeElements?: Expression; completionCondition?: Expression; cancelRemaining: boolean };
  /** Of a subprocess that can be canceled. */
  isTransaction?: true;
  /** Runs to undo another activity alone. */
  isForCompensation: boolean;
  /** Of link events: the name, and where a throw event leads. */
  link?: { name: string; targetId?: string };
  /** Of error events; undefined catches every code. */
  errorCode?: Expression;
  escalationCode?: Expression;
}

export interface ExecutableProcess {
  id: string;
  name: string;
  elements: ReadonlyMap<string, ExecutableElement>;
  flows: ReadonlyMap<string, SequenceFlow>;
  versionTag?: string;
}

/** Element of that id. The model holds every id that state can name, so a miss is a bug. */
export function elementOf(process: ExecutableProcess, id: string): ExecutableElement {
  const element = process.elements.get(id);
  if (element === undefined) throw new Error(`process '${process.id}' has no element '${id}'`);
  return element;
}

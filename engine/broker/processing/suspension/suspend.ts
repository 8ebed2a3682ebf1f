import type { Answer, Command } from '../../../protocol/commands.ts';
import type { Key } from '../../../protocol/key.ts';
import { idIn } from '../../../protocol/tenant.ts';
import { correlateBuffered } from '../../behaviors/shared/correlation.ts';
import { processByKey } from '../../state/deployment.ts';
import type { EngineState } from '../../state/engine-state.ts';
import { findIncident } from '../../state/incident.ts';
import { findJob } from '../../state/job.ts';
import { subscriptionsOf } from '../../state/message.ts';
import { childrenIn, findInstance } from '../../state/process-instance.ts';
import { held, instanceResumed, instanceSuspended, isHeld, isSuspended, letGoOn, released } from '../../state/suspension.ts';
import type { ElementInstance } from '../../state/tables.ts';
import { findUserTask } from '../../state/user-task.ts';
import { accept, reject, type CommandHandler, type CommandProcessing } from '../command-handler.ts';

/**
 * Makes something stand still until it is resumed. Of an instance (with those it has called): nobody gets its jobs, timers wait,
 * messages are left for later, and commands that would lead it on are refused. Of a definition: the same for all instances of
 * that version, and none begins. Of a job type: its jobs are handed to nobody.
 */
export const suspend: CommandHandler<'suspend'> = ({ state }, { target }) => {
  if (target.kind === 'job_type') {
    if (isHeld(state, 'job_type', idIn(target.tenantId, target.jobType))) return already(`job type '${target.jobType}'`, 'suspend');
    held(state, 'job_type', target.jobType, target);
    return accept({});
  }
  if (target.kind === 'process_definition') {
    const definition = state.seen(processByKey(state, target.key));
    if (definition === undefined) return unknown('suspend', 'process definition', target.key);
    if (isHeld(state, 'process_definition', target.key)) return already(`process definition with key '${target.key}'`, 'suspend');
    held(state, 'process_definition', target.key, definition);
    return accept({});
  }
  const process = state.seen(findInstance(state, target.key));
  if (process?.type !== 'PROCESS') return unknown('suspend', 'process instance', target.key);
  if (process.suspended === true) return already(`process instance with key '${target.key}'`, 'suspend');
  for (const each of withCalled(state, process)) if (each.suspended !== true) instanceSuspended(state, each);
  return accept({});
};

/** Lets go on what was suspended: due timers fire, and messages that were kept meanwhile are correlated. */
export const resume: CommandHandler<'resume'> = (processing, { target }) => {
  const { state } = processing;
  if (target.kind === 'job_type') {
    const type = idIn(target.tenantId, target.jobType);
    if (!isHeld(state, 'job_type', type)) return already(`job type '${target.jobType}'`, 'resume');
    released(state, 'job_type', target.jobType, target);
    processing.wakeWorkers(type);
    return accept({});
  }
  if (target.kind === 'process_definition') {
    const definition = state.seen(processByKey(state, target.key));
    if (definition === undefined) return unknown('resume', 'process definition', target.key);
    if (!isHeld(state, 'process_definition', target.key)) return already(`process definition with key '${target.key}'`, 'resume');
    released(state, 'process_definition', target.key, definition);
    for (const process of letGoOn(state)) goOn(processing, process);
    return accept({});
  }
  const process = state.seen(findInstance(state, target.key));
  if (process?.type !== 'PROCESS') return unknown('resume', 'process instance', target.key);
  if (process.suspended !== true) return already(`process instance with key '${target.key}'`, 'resume');
  for (const each of withCalled(state, process)) {
    if (each.suspended !== true) continue;
    instanceResumed(state, each);
    goOn(processing, each);
  }
  return accept({});
};

/** Hears what has happened meanwhile: messages that were kept, conditions that have become true. */
function goOn(processing: CommandProcessing, process: ElementInstance): void {
  const { state } = processing;
  state.noteChange(process.key);
  for (const inside of allInside(state, process)) for (const subscription of subscriptionsOf(state, inside)) processing.afterSteps(() => correlateBuffered(processing, subscription));
}

/** The refusal of a command that would lead a suspended instance on; undefined when it does not. */
export function refusalWhileSuspended(state: EngineState, command: Command): Answer<never> | undefined {
  const processInstanceKey = instanceLedOn(state, command);
  if (processInstanceKey === undefined || !isSuspended(state, processInstanceKey)) return undefined;
  return reject('INVALID_STATE', `Expected to carry out '${command.type}', but process instance '${processInstanceKey}' is suspended: resume it first`);
}

function instanceLedOn(state: EngineState, command: Command): Key | undefined {
  if (command.type === 'complete_job' || command.type === 'throw_error') return findJob(state, command.jobKey)?.processInstanceKey;
  if (command.type === 'complete_user_task') return findUserTask(state, command.userTaskKey)?.processInstanceKey;
  if (command.type === 'resolve_incident') return findIncident(state, command.incidentKey)?.processInstanceKey;
  if (command.type === 'modify_process_instance') return findInstance(state, command.processInstanceKey)?.key;
  return undefined;
}

function allInside(state: EngineState, process: ElementInstance): ElementInstance[] {
  const all = [process];
  for (let at = 0; at < all.length; at += 1) all.push(...childrenIn(state, all[at]!));
  return all;
}

/** An instance and all it has called, directly or not. */
function withCalled(state: EngineState, process: ElementInstance): ElementInstance[] {
  const called = allInside(state, process).flatMap((each) => (each.calledInstanceKey === undefined ? [] : (findInstance(state, each.calledInstanceKey) ?? [])));
  return [process, ...called.flatMap((each) => withCalled(state, each))];
}

const unknown = (verb: string, what: string, key: Key): Answer<never> => reject('NOT_FOUND', `Expected to ${verb} ${what} with key '${key}', but no such ${what} was found`);

const already = (what: string, verb: 'suspend' | 'resume'): Answer<never> => reject('INVALID_STATE', `Expected to ${verb} ${what}, but it is ${verb === 'suspend' ? 'suspended already' : 'not suspended'}`);

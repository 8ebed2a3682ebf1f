import { exactJsonText } from '../../../contract/exact-json.ts';
import type { JsonObject } from '../../../contract/json.ts';
import { DEFAULT_TENANT, idIn, tenantOf } from '../../../protocol/tenant.ts';
import type { ActivatedJob } from '../../../protocol/commands.ts';
import type { Key } from '../../../protocol/key.ts';
import { incidentCreated } from '../../state/incident.ts';
import { jobActivated, jobDisabled, queuesOf } from '../../state/job.ts';
import { instanceOf } from '../../state/process-instance.ts';
import { PageFault } from '../../state/row-cache.ts';
import { isHeld, standsStill } from '../../state/suspension.ts';
import { jobs, type JobRow } from '../../state/tables.ts';
import { visibleVariables } from '../../state/variable.ts';
import { accept, type CommandHandler } from '../command-handler.ts';

/** Largest total of variables handed out by one activation, so that an answer stays below gRPC's 4 MB. A job that is larger by itself becomes an incident. */
const MAX_BYTES = 3_500_000;

/** Largest variables of one job: what a client takes by default, less room for the rest of the message. */
const MAX_JOB_BYTES = 4 * 1024 * 1024 - 16_384;

/** Hands out activatable jobs of a type with their variables: those of the highest priority first, the oldest of them first. An empty list is a success. */
export const activateJobs: CommandHandler<'activate_jobs'> = ({ state, queues, afterDecision }, command) => {
  const deadline = state.now + command.timeoutMs;
  const activated: ActivatedJob[] = [];
  const tenants = (command.tenantIds ?? [DEFAULT_TENANT]).filter((tenantId) => !isHeld(state, 'job_type', idIn(tenantId, command.jobType)));
  const waiting = command.jobKeys === undefined ? tenants.flatMap((tenantId) => queuesOf(state, idIn(tenantId, command.jobType))) : [command.jobType];
  let queue = waiting.shift();
  if (queue === undefined || tenants.length === 0) return accept(activated);
  let used: Key[] = [];
  let bytes = 0;
  const leave = (left: string, keys: readonly Key[]): void => afterDecision(() => queues.remove(left, keys));
  // Keys of jobs that have ended meanwhile are passed over, so there may be several rounds.
  for (let full = false; !full && activated.length < command.maxJobs; ) {
    const keys = command.jobKeys?.slice(used.length, used.length + command.maxJobs) ?? queues.peek(queue, used.length, command.maxJobs - activated.length);
    if (keys.length === 0) {
      if (waiting.length === 0) break;
      leave(queue, used);
      queue = waiting.shift()!;
      used = [];
      continue;
    }
    const missing = keys.filter((key) => state.rows.wouldFault(jobs, key));
    if (missing.length > 0) throw new PageFault(missing.map((key) => ({ table: jobs.name, key })));
    for (const key of keys) {
      const job = state.rows.get(jobs, key);
      if (job?.state === 'ACTIVATABLE' && job.suspended !== true && job.type === command.jobType && tenants.includes(tenantOf(job)) && !standsStill(state, job.processInstanceKey)) {
        const variables = visibleVariables(state, instanceOf(state, job.elementInstanceKey), command.fetchVariables);
        const size = bytesOf(variables);
        full = command.jobKeys === undefined && bytes + size > MAX_BYTES && activated.length > 0;
        if (full) break;
        if (size > MAX_JOB_BYTES) {
          incidentCreated(state, instanceOf(state, job.elementInstanceKey), 'MESSAGE_SIZE_EXCEEDED', `The job with key '${job.key}' can not be activated, because with all of its variables it is larger than a message may be (4 MB). Fetch fewer variables, or make them smaller, and resolve this incident.`, jobDisabled(state, job));
        } else {
          bytes += size;
          activated.push(jobMessage(jobActivated(state, job, command.worker, deadline), variables));
        }
      }
      used.push(key);
    }
  }
  leave(queue, used);
  return accept(activated);
};

/** Size of variables as JSON in UTF-8. */
function bytesOf(variables: JsonObject): number {
  const text = exactJsonText(variables);
  // No character takes more than three bytes per unit.
  return text.length * 3 < MAX_BYTES / 100 ? text.length : new TextEncoder().encode(text).length;
}

function jobMessage(job: JobRow, variables: JsonObject): ActivatedJob {
  const { key, type, processInstanceKey, bpmnProcessId, version, processDefinitionKey, elementId, elementInstanceKey, customHeaders, worker, retries, deadline } = job;
  return { key, type, processInstanceKey, bpmnProcessId, processDefinitionVersion: version, processDefinitionKey, elementId, elementInstanceKey, customHeaders, worker, retries, deadline, variables, tenantId: tenantOf(job) };
}

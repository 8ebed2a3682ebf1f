import type { JsonObject } from '../../../contract/json.ts';
import type { ActivatedJob } from '../../../protocol/commands.ts';
import type { Key } from '../../../protocol/key.ts';
import { jobActivated } from '../../state/job.ts';
import { instanceOf } from '../../state/process-instance.ts';
import { PageFault } from '../../state/row-cache.ts';
import { jobs, type JobRow } from '../../state/tables.ts';
import { visibleVariables } from '../../state/variable.ts';
import { accept, type CommandHandler } from '../command-handler.ts';

/** Largest total of variables handed out by one activation, so that an answer stays below gRPC's 4 MB. */
const MAX_BYTES = 3_500_000;

/** Hands out the oldest activatable jobs of a type, with their variables. An empty list is a success. */
export const activateJobs: CommandHandler<'activate_jobs'> = ({ state, queues, afterDecision }, command) => {
  const deadline = state.now + command.timeoutMs;
  const activated: ActivatedJob[] = [];
  const used: Key[] = [];
  let bytes = 0;
  // Keys of jobs that have ended meanwhile are passed over, so there may be several rounds.
  for (let full = false; !full && activated.length < command.maxJobs; ) {
    const keys = command.jobKeys?.slice(used.length, used.length + command.maxJobs) ?? queues.peek(command.jobType, used.length, command.maxJobs - activated.length);
    if (keys.length === 0) break;
    const missing = keys.filter((key) => state.rows.wouldFault(jobs, key));
    if (missing.length > 0) throw new PageFault(missing.map((key) => ({ table: jobs.name, key })));
    for (const key of keys) {
      const job = state.rows.get(jobs, key);
      if (job?.state === 'ACTIVATABLE' && job.type === command.jobType) {
        const variables = visibleVariables(state, instanceOf(state, job.elementInstanceKey), command.fetchVariables);
        bytes += JSON.stringify(variables).length;
        full = command.jobKeys === undefined && bytes > MAX_BYTES && activated.length > 0;
        if (full) break;
        activated.push(jobMessage(jobActivated(state, job, command.worker, deadline), variables));
      }
      used.push(key);
    }
  }
  afterDecision(() => queues.remove(command.jobType, used));
  return accept(activated);
};

function jobMessage(job: JobRow, variables: JsonObject): ActivatedJob {
  const { key, type, processInstanceKey, bpmnProcessId, version, processDefinitionKey, elementId, elementInstanceKey, customHeaders, worker, retries, deadline } = job;
  return { key, type, processInstanceKey, bpmnProcessId, processDefinitionVersion: version, processDefinitionKey, elementId, elementInstanceKey, customHeaders, worker, retries, deadline, variables };
}

import type { CommandType } from '../../protocol/commands.ts';
import type { CommandHandler } from './command-handler.ts';
import { evaluateConditions } from './condition/evaluate-conditions.ts';
import { evaluateDecision } from './decision/evaluate-decision.ts';
import { deployResources } from './deployment/deploy-resources.ts';
import { resolveIncident } from './incident/resolve-incident.ts';
import { activateJobs } from './job/activate-jobs.ts';
import { completeJob } from './job/complete-job.ts';
import { failJob } from './job/fail-job.ts';
import { lookAtJob } from './job/look-at-job.ts';
import { throwError } from './job/throw-error.ts';
import { updateJobRetries, updateJobTimeout } from './job/update-job.ts';
import { expireMessage } from './message/expire-message.ts';
import { publishMessage } from './message/publish-message.ts';
import { cancelProcessInstance } from './process-instance/cancel-process-instance.ts';
import { migrateProcessInstance } from './process-instance/migrate-process-instance.ts';
import { modifyProcessInstance } from './process-instance/modify-process-instance.ts';
import { createProcessInstance } from './process-instance/create-process-instance.ts';
import { deleteResource } from './resource/delete-resource.ts';
import { broadcastSignal } from './signal/broadcast-signal.ts';
import { resume, suspend } from './suspension/suspend.ts';
import { triggerTimer } from './timer/trigger-timer.ts';
import { assignUserTask, claimUserTask } from './user-task/assign-user-task.ts';
import { completeUserTask } from './user-task/complete-user-task.ts';
import { updateUserTask } from './user-task/update-user-task.ts';
import { setVariables } from './variable/set-variables.ts';

/** The processor of every command. */
export const handlers: { readonly [Type in CommandType]: CommandHandler<Type> } = {
  deploy_resources: deployResources,
  delete_resource: deleteResource,
  create_process_instance: createProcessInstance,
  cancel_process_instance: cancelProcessInstance,
  modify_process_instance: modifyProcessInstance,
  migrate_process_instance: migrateProcessInstance,
  set_variables: setVariables,
  activate_jobs: activateJobs,
  complete_job: completeJob,
  fail_job: failJob,
  throw_error: throwError,
  update_job_retries: updateJobRetries,
  update_job_timeout: updateJobTimeout,
  publish_message: publishMessage,
  broadcast_signal: broadcastSignal,
  resolve_incident: resolveIncident,
  evaluate_decision: evaluateDecision,
  evaluate_conditions: evaluateConditions,
  assign_user_task: assignUserTask,
  claim_user_task: claimUserTask,
  update_user_task: updateUserTask,
  complete_user_task: completeUserTask,
  suspend,
  resume,
  trigger_timer: triggerTimer,
  look_at_job: lookAtJob,
  expire_message: expireMessage,
};

import { adHocSubProcess } from './containers/ad-hoc-sub-process.ts';
import { callActivity } from './containers/call-activity.ts';
import { eventSubProcess } from './containers/event-sub-process.ts';
import { loopBody } from './containers/loop-body.ts';
import { process } from './containers/process.ts';
import { subProcess } from './containers/sub-process.ts';
import { boundaryEvent } from './events/boundary-event.ts';
import { endEvent } from './events/end-event.ts';
import { intermediateCatchEvent } from './events/intermediate-catch-event.ts';
import { intermediateThrowEvent } from './events/intermediate-throw-event.ts';
import { startEvent } from './events/start-event.ts';
import { eventBasedGateway } from './gateways/event-based-gateway.ts';
import { exclusiveGateway } from './gateways/exclusive-gateway.ts';
import { inclusiveGateway } from './gateways/inclusive-gateway.ts';
import { parallelGateway } from './gateways/parallel-gateway.ts';
import { jobTask } from './shared/job-task.ts';
import type { BehaviorRegistry } from './shared/processing.ts';
import { businessRuleTask } from './tasks/business-rule-task.ts';
import { plainTask } from './tasks/plain-task.ts';
import { receiveTask } from './tasks/receive-task.ts';
import { scriptTask } from './tasks/script-task.ts';
import { userTask } from './tasks/user-task.ts';

/** The behavior of every BPMN type this engine executes. */
export const behaviors: BehaviorRegistry = {
  PROCESS: process,
  SUB_PROCESS: subProcess,
  EVENT_SUB_PROCESS: eventSubProcess,
  AD_HOC_SUB_PROCESS: adHocSubProcess,
  MULTI_INSTANCE_BODY: loopBody,
  CALL_ACTIVITY: callActivity,
  START_EVENT: startEvent,
  BOUNDARY_EVENT: boundaryEvent,
  END_EVENT: endEvent,
  INTERMEDIATE_CATCH_EVENT: intermediateCatchEvent,
  INTERMEDIATE_THROW_EVENT: intermediateThrowEvent,
  SERVICE_TASK: jobTask,
  SEND_TASK: jobTask,
  USER_TASK: userTask,
  SCRIPT_TASK: scriptTask,
  BUSINESS_RULE_TASK: businessRuleTask,
  RECEIVE_TASK: receiveTask,
  MANUAL_TASK: plainTask,
  TASK: plainTask,
  EXCLUSIVE_GATEWAY: exclusiveGateway,
  INCLUSIVE_GATEWAY: inclusiveGateway,
  PARALLEL_GATEWAY: parallelGateway,
  EVENT_BASED_GATEWAY: eventBasedGateway,
};

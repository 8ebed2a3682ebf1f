import conditionalFlows from 'bpmnlint/rules/conditional-flows';
import endEventRequired from 'bpmnlint/rules/end-event-required';
import eventSubProcessTypedStart from 'bpmnlint/rules/event-sub-process-typed-start-event';
import noComplexGateway from 'bpmnlint/rules/no-complex-gateway';
import noDisconnected from 'bpmnlint/rules/no-disconnected';
import noDuplicateFlows from 'bpmnlint/rules/no-duplicate-sequence-flows';
import noOverlapping from 'bpmnlint/rules/no-overlapping-elements';
import singleBlankStart from 'bpmnlint/rules/single-blank-start-event';
import startEventRequired from 'bpmnlint/rules/start-event-required';
import subProcessBlankStart from 'bpmnlint/rules/sub-process-blank-start-event';
import calledElement from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/called-element';
import errorReference from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/error-reference';
import escalationReference from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/escalation-reference';
import executableProcess from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/executable-process';
import feel from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/feel';
import implementation from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/implementation';
import inclusiveGateway from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/inclusive-gateway';
import loopCharacteristics from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/loop-characteristics';
import messageReference from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/message-reference';
import noVersionTag from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/no-version-tag';
import sequenceFlowCondition from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/sequence-flow-condition';
import subscription from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/subscription';
import timer from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/timer';
import userTaskForm from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/user-task-form';
import { beyondZeebe, exceptBeyondZeebe, notPortable } from './beyond-zeebe.ts';
import nameRequired from './name-required.ts';
import userTaskAssigned from './user-task-assigned.ts';

type Severity = 'error' | 'warn' | 'info';

/** Every rule with its severity and, for the portable ones, the engine version they check against. */
const rules: [name: string, severity: Severity, rule: unknown, options?: { version: string }][] = [
  ['conditional-flows', 'warn', conditionalFlows],
  ['end-event-required', 'warn', endEventRequired],
  ['event-sub-process-typed-start-event', 'error', exceptBeyondZeebe(eventSubProcessTypedStart)],
  ['name-required', 'warn', nameRequired],
  ['no-complex-gateway', 'error', noComplexGateway],
  ['no-disconnected', 'error', noDisconnected],
  ['no-duplicate-sequence-flows', 'warn', noDuplicateFlows],
  ['no-overlapping-elements', 'warn', noOverlapping],
  ['single-blank-start-event', 'error', singleBlankStart],
  ['start-event-required', 'error', startEventRequired],
  ['sub-process-blank-start-event', 'error', subProcessBlankStart],
  ['called-element', 'error', calledElement, { version: '8.5' }],
  ['error-reference', 'error', errorReference, { version: '8.5' }],
  ['escalation-reference', 'error', escalationReference, { version: '8.5' }],
  ['executable-process', 'error', executableProcess, { version: '8.5' }],
  ['feel', 'error', feel, { version: '8.5' }],
  ['implementation', 'error', implementation, { version: '8.5' }],
  ['inclusive-gateway', 'error', exceptBeyondZeebe(inclusiveGateway), { version: '8.5' }],
  ['loop-characteristics', 'error', exceptBeyondZeebe(loopCharacteristics), { version: '8.5' }],
  ['message-reference', 'error', messageReference, { version: '8.5' }],
  ['no-version-tag', 'warn', noVersionTag, { version: '8.5' }],
  ['sequence-flow-condition', 'error', sequenceFlowCondition, { version: '8.5' }],
  ['subscription', 'error', subscription, { version: '8.5' }],
  ['timer', 'error', timer, { version: '8.5' }],
  ['user-task-form', 'error', userTaskForm, { version: '8.5' }],
  ['user-task-assigned', 'warn', userTaskAssigned],
  ['beyond-zeebe', 'error', beyondZeebe],
  ['not-portable', 'info', notPortable],
];

/** What bpmn-js-bpmnlint wants: severities by rule, and where to find each rule. */
export const lintConfig = {
  config: { rules: Object.fromEntries(rules.map(([name, severity, , options]) => [name, options === undefined ? severity : [severity, options]])) },
  resolver: {
    resolveRule: (_package: string, name: string) => rules.find(([each]) => each === name)?.[2],
    resolveConfig: (_package: string, name: string) => {
      throw new Error(`there is no lint configuration '${name}'`);
    },
  },
};

/** Names of all rules; each has a sentence in i18n under `lint.<rule>`. */
export const lintRules: readonly string[] = rules.map(([name]) => name);

import { tenantOf } from '../../../protocol/tenant.ts';
import { decisionsOf, formByKey, latestProcess, modelOf, processByKey, requirementsByKey } from '../../state/deployment.ts';
import { decisionRequirements, decisions, DEFINITIONS, forms, processes, running } from '../../state/tables.ts';
import { runningInstances } from '../../state/process-instance.ts';
import { accept, reject, type CommandHandler } from '../command-handler.ts';
import { closeStarts, openStarts } from '../deployment/deploy-resources.ts';

/** Deletes a process definition, a decision requirements graph or a form by key. The version before becomes the latest again. */
export const deleteResource: CommandHandler<'delete_resource'> = (processing, { resourceKey }) => {
  const { state } = processing;
  const process = state.seen(processByKey(state, resourceKey));
  const requirements = state.seen(requirementsByKey(state, resourceKey));
  const form = state.seen(formByKey(state, resourceKey));
  if (process !== undefined) {
    if (runningInstances(state, process.key) > 0) return reject('INVALID_STATE', `Expected to delete resource with key \`${resourceKey}\` but there are still running instances`);
    const wasLatest = latestProcess(state, process.bpmnProcessId, process.tenantId)?.key === process.key;
    if (wasLatest) closeStarts(processing, process);
    state.record('PROCESS', 'DELETED', process.key, { bpmnProcessId: process.bpmnProcessId, version: process.version, processDefinitionKey: process.key, resourceName: process.resourceName, tenantId: tenantOf(process) });
    state.rows.delete(DEFINITIONS, processes, process.key);
    state.rows.delete(DEFINITIONS, running, process.key);
    const before = latestProcess(state, process.bpmnProcessId, process.tenantId);
    if (wasLatest && before !== undefined) openStarts(processing, before, modelOf(state, before.key));
  } else if (requirements !== undefined) {
    for (const decision of decisionsOf(state, requirements.key)) {
      state.record('DECISION', 'DELETED', decision.key, { decisionId: decision.decisionId, decisionKey: decision.key, version: decision.version, tenantId: tenantOf(decision) });
      state.rows.delete(DEFINITIONS, decisions, decision.key);
    }
    state.record('DECISION_REQUIREMENTS', 'DELETED', requirements.key, { decisionRequirementsId: requirements.id, decisionRequirementsKey: requirements.key, tenantId: tenantOf(requirements) });
    state.rows.delete(DEFINITIONS, decisionRequirements, requirements.key);
  } else if (form !== undefined) {
    state.record('FORM', 'DELETED', form.key, { formId: form.formId, formKey: form.key, version: form.version, tenantId: tenantOf(form) });
    state.rows.delete(DEFINITIONS, forms, form.key);
  } else return reject('NOT_FOUND', `Expected to delete resource but no resource found with key \`${resourceKey}\``);
  state.record('RESOURCE_DELETION', 'DELETED', state.mintKey(), { resourceKey, tenantId: tenantOf((process ?? requirements ?? form)!) });
  return accept({});
};

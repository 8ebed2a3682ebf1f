import { decision as decisions, decisionEvaluation, decisionRequirements } from '../tables.ts';
import { keyOrNull, resourceText, text, type Applier } from './applier.ts';

/** Decision requirements graphs, their decisions, and what was evaluated for instances. */
export const decision: Applier = {
  valueTypes: ['DECISION', 'DECISION_REQUIREMENTS', 'DECISION_EVALUATION'],
  apply(batch, { key, intent, timestamp, value, valueType }) {
    if (valueType === 'DECISION_EVALUATION') {
      const instanceKey = keyOrNull(value['processInstanceKey']);
      if (instanceKey !== null) batch.instances.add(instanceKey);
      return batch.put(decisionEvaluation, {
        key,
        process_instance_key: instanceKey,
        decision_id: text(value['decisionId']),
        decision_name: text(value['decisionName']),
        decision_version: Number(value['decisionVersion']),
        element_id: text(value['elementId']) || null,
        output: text(value['decisionOutput']),
        failure: intent === 'FAILED' ? text(value['evaluationFailureMessage']) : null,
        detail: JSON.stringify(value['evaluatedDecisions'] ?? []),
        at: timestamp,
      });
    }
    const table = valueType === 'DECISION' ? decisions : decisionRequirements;
    if (intent === 'DELETED') return batch.patch(table, key, { deleted: true });
    if (intent !== 'CREATED') return;
    if (valueType === 'DECISION') {
      batch.put(decisions, { key, decision_id: text(value['decisionId']), name: text(value['decisionName']), version: Number(value['version']), requirements_key: text(value['decisionRequirementsKey']), requirements_id: text(value['decisionRequirementsId']), deleted: false });
    } else {
      batch.put(decisionRequirements, {
        key,
        id: text(value['decisionRequirementsId']),
        name: text(value['decisionRequirementsName']),
        version: Number(value['decisionRequirementsVersion']),
        resource_name: text(value['resourceName']),
        xml: resourceText(value['resource']),
        deployed_at: timestamp,
        deleted: false,
      });
    }
  },
};

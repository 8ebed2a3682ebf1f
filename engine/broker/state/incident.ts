import type { JsonObject } from '../../contract/json.ts';
import { NO_KEY, type Key } from '../../protocol/key.ts';
import type { IncidentErrorType } from '../../protocol/records.ts';
import { ownedBy, tenantOf } from '../../protocol/tenant.ts';
import type { EngineState } from './engine-state.ts';
import { incidents, type IncidentRow } from './standstill-tables.ts';
import { instanceUnit, type ElementInstance, type JobRow, type ProcessRow } from './tables.ts';

export function findIncident(state: EngineState, key: Key): IncidentRow | undefined {
  return state.rows.get(incidents, key);
}

export function incidentsOf(state: EngineState, instance: ElementInstance): IncidentRow[] {
  return state.rows.find(instanceUnit(instance.processInstanceKey), incidents, 'element', instance.key);
}

function valueOf(incident: IncidentRow): JsonObject {
  return { ...incident, tenantId: tenantOf(incident), key: undefined } as unknown as JsonObject;
}

export function incidentCreated(state: EngineState, instance: ElementInstance, errorType: IncidentErrorType, errorMessage: string, job?: JobRow): IncidentRow {
  const incident: IncidentRow = {
    key: state.mintKey(),
    errorType,
    errorMessage,
    elementInstanceKey: instance.key,
    elementId: instance.elementId,
    jobKey: job?.key ?? NO_KEY,
    processInstanceKey: instance.processInstanceKey,
    processDefinitionKey: instance.processDefinitionKey,
    bpmnProcessId: instance.bpmnProcessId,
    variableScopeKey: instance.key,
    ...ownedBy(instance.tenantId),
  };
  state.record('INCIDENT', 'CREATED', incident.key, valueOf(incident));
  state.rows.put(instanceUnit(instance.processInstanceKey), incidents, incident.key, incident);
  return incident;
}

export function incidentResolved(state: EngineState, incident: IncidentRow): void {
  state.record('INCIDENT', 'RESOLVED', incident.key, valueOf(incident));
  state.rows.delete(instanceUnit(incident.processInstanceKey), incidents, incident.key);
}

export function incidentMigrated(state: EngineState, incident: IncidentRow, target: ProcessRow, elementId: string): void {
  const moved: IncidentRow = { ...incident, elementId, processDefinitionKey: target.key, bpmnProcessId: target.bpmnProcessId };
  state.record('INCIDENT', 'MIGRATED', moved.key, valueOf(moved));
  state.rows.put(instanceUnit(moved.processInstanceKey), incidents, moved.key, moved);
}

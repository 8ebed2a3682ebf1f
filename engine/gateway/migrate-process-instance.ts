import { execute, type GatewayContext } from './rpc.ts';

interface MigrateProcessInstanceRequest {
  processInstanceKey: string;
  migrationPlan: { targetProcessDefinitionKey: string; mappingInstructions: { sourceElementId: string; targetElementId: string }[] } | null;
}

/** rpc MigrateProcessInstance. */
export const migrateProcessInstance = (context: GatewayContext) => async ({ processInstanceKey, migrationPlan }: MigrateProcessInstanceRequest) => {
  await execute(context, 'MIGRATE', {
    type: 'migrate_process_instance',
    processInstanceKey,
    targetDefinitionKey: migrationPlan?.targetProcessDefinitionKey ?? '0',
    mappings: (migrationPlan?.mappingInstructions ?? []).map(({ sourceElementId, targetElementId }) => ({ sourceId: sourceElementId, targetId: targetElementId })),
  });
  return {};
};

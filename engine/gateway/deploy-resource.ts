import { createHash } from 'node:crypto';
import type { Deployed } from '../broker/processing/deployment/deploy-resources.ts';
import { DEFAULT_TENANT, tenantOf, type Owned } from '../protocol/tenant.ts';
import { execute, type GatewayContext } from './rpc.ts';
import { checkTenant } from './tenants.ts';

interface DeployResourceRequest {
  resources: { name: string; content: Buffer }[];
  tenantId?: string;
}

interface DeploymentResult {
  key: string;
  deployed: Deployed[];
}

async function deploy(context: GatewayContext, resources: { name: string; content: Buffer }[], tenantId: string): Promise<DeploymentResult> {
  return execute(context, 'CREATE', {
    type: 'deploy_resources',
    tenantId,
    resources: resources.map(({ name, content }) => ({ name, content: content.toString('utf8'), checksum: createHash('md5').update(content).digest('base64') })),
  });
}

/** Zeebe tells what it deployed by kind, whatever the order of the files. */
const ORDER: readonly Deployed['kind'][] = ['process', 'decision', 'requirements', 'form'];

const processMetadata = (row: { bpmnProcessId: string; version: number; key: string; resourceName: string } & Owned) => ({ bpmnProcessId: row.bpmnProcessId, version: row.version, processDefinitionKey: row.key, resourceName: row.resourceName, tenantId: tenantOf(row) });

/** rpc DeployResource: BPMN, DMN and forms in one atomic deployment. */
export const deployResource = (context: GatewayContext) => async (request: DeployResourceRequest) => {
  const tenantId = checkTenant(context, request.tenantId, 'DeployResource');
  const { key, deployed } = await deploy(context, request.resources, tenantId);
  return { key, deployments: ORDER.flatMap((kind) => deployed.filter((each) => each.kind === kind)).map(deploymentMessage), tenantId };
};

function deploymentMessage(each: Deployed) {
  if (each.kind === 'process') return { process: processMetadata(each.row) };
  if (each.kind === 'form') return { form: { formId: each.row.formId, version: each.row.version, formKey: each.row.key, resourceName: each.row.resourceName, tenantId: tenantOf(each.row) } };
  if (each.kind === 'requirements') return { decisionRequirements: { dmnDecisionRequirementsId: each.row.id, dmnDecisionRequirementsName: each.row.name, version: each.row.version, decisionRequirementsKey: each.row.key, resourceName: each.row.resourceName, tenantId: tenantOf(each.row) } };
  return { decision: { dmnDecisionId: each.row.decisionId, dmnDecisionName: each.row.name, version: each.row.version, decisionKey: each.row.key, dmnDecisionRequirementsId: each.requirements.id, decisionRequirementsKey: each.requirements.key, tenantId: tenantOf(each.row) } };
}

interface DeployProcessRequest {
  processes: { name: string; definition: Buffer }[];
}

/** rpc DeployProcess (deprecated): BPMN files only. */
export const deployProcess = (context: GatewayContext) => async ({ processes }: DeployProcessRequest) => {
  const { key, deployed } = await deploy(context, processes.map(({ name, definition }) => ({ name, content: definition })), checkTenant(context, context.multiTenancy === true ? DEFAULT_TENANT : undefined, 'DeployProcess'));
  return { key, processes: deployed.filter((each) => each.kind === 'process').map((each) => processMetadata(each.row)) };
};

import { credentials, status, type ChannelCredentials, type ServiceError } from '@grpc/grpc-js';
import type { JsonObject, JsonValue } from '../contract/json.ts';
import type { SuspensionTarget } from '../protocol/commands.ts';
import { extensionsProtocol, gatewayProtocol } from '../protocol/gateway-protocol.ts';

/** The engine refused a command or could not be reached; `code` is the gRPC status, the message the engine's own reason. */
export class GatewayError extends Error {
  readonly code: status;

  constructor(code: status, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'GatewayError';
    this.code = code;
  }
}

/** A resource to deploy; the ending of its name (.bpmn, .dmn, .form) says what it is. */
export interface ResourceToDeploy {
  name: string;
  content: string;
}

export interface DeployedResource {
  kind: 'process' | 'form' | 'decision' | 'requirements';
  id: string;
  version: number;
  key: string;
}

export interface GatewayClientOptions {
  /** `host:port` of a Zeebe gateway. */
  address: string;
  /** `host:port` of the gateway's REST routes, which tasks of the engine itself (`zeebe:userTask`) need. */
  restAddress?: string;
  /** Longest wait for an answer, in ms. @default 10000 */
  timeoutMs?: number;
  /** @default plain text, for loopback */
  channel?: ChannelCredentials;
}

/** The commands this product gives, over the gateway protocol, so any Zeebe 8.5 can stand behind it. All throw GatewayError. Keys are strings. */
export interface GatewayClient {
  /** Creates an instance of the latest version, or of the definition whose key is given. */
  createInstance(bpmnProcessId: string, variables: JsonObject, processDefinitionKey?: string): Promise<{ processInstanceKey: string; version: number }>;
  completeJob(key: string, variables: JsonObject): Promise<void>;
  /** Completes a task of the engine itself. */
  completeUserTask(key: string, variables: JsonObject): Promise<void>;
  /** Gives it to somebody, whoever has it; null takes it away. */
  assignUserTask(key: string, assignee: string | null): Promise<void>;
  /** `ttlMs` default 1 h; an equal `messageId` within it is refused and counts as done. False when it was refused so. */
  publishMessage(message: { name: string; correlationKey: string; variables?: JsonObject; messageId?: string; ttlMs?: number }): Promise<boolean>;
  /** Evaluates the latest version of a decision; its output, null when nothing matched. Throws an Error when the evaluation failed. */
  evaluateDecision(decisionId: string, variables: JsonObject): Promise<JsonValue>;
  resolveIncident(key: string): Promise<void>;
  updateJobRetries(jobKey: string, retries: number): Promise<void>;
  /** Sets variables in exactly this scope. */
  setVariables(scopeKey: string, variables: JsonObject): Promise<void>;
  cancelInstance(processInstanceKey: string): Promise<void>;
  /** Makes an instance, the beginning of a definition's instances or the work on a job type stand still. The embedded engine only: UNIMPLEMENTED of a Zeebe cluster. */
  suspend(target: SuspensionTarget): Promise<void>;
  /** Lets it go on. */
  resume(target: SuspensionTarget): Promise<void>;
  /** Deploys all or nothing; a refusal's message carries the engine's reasons. */
  deployResources(resources: readonly ResourceToDeploy[]): Promise<DeployedResource[]>;
  /** Answers only when the gateway reaches its broker and a partition hands out jobs. */
  probe(): Promise<void>;
  close(): void;
}

type Answer = Record<string, unknown>;
type Rpc = (request: object, options: { deadline: number }, callback: (error: ServiceError | null, answer: Answer) => void) => void;
interface JobStream {
  on(event: 'data' | 'end', listener: () => void): JobStream;
  on(event: 'error', listener: (error: ServiceError) => void): JobStream;
}

const REST_STATUS: Readonly<Record<number, status>> = { 400: status.INVALID_ARGUMENT, 404: status.NOT_FOUND, 409: status.FAILED_PRECONDITION, 503: status.UNAVAILABLE };

const PROBE_TYPE = 'guicheng.health.probe';

/** Opens a client on a gateway. Nothing is sent before the first command. */
export function createGatewayClient({ address, restAddress, timeoutMs = 10_000, channel = credentials.createInsecure() }: GatewayClientOptions): GatewayClient {
  const client = new gatewayProtocol.Client(address, channel, { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1, 'grpc.max_reconnect_backoff_ms': 2000 });
  const extensions = new extensionsProtocol.Client(address, channel);
  const call = (rpc: string, request: object, on = client): Promise<Answer> =>
    new Promise((resolve, reject) => {
      (on as unknown as Record<string, Rpc>)[rpc]!.call(on, request, { deadline: Date.now() + timeoutMs }, (error, answer) => (error === null ? resolve(answer) : reject(refusal(error))));
    });
  const userTask = async (method: string, route: string, body?: object): Promise<void> => {
    if (restAddress === undefined) throw new GatewayError(status.UNIMPLEMENTED, 'the REST routes of the gateway are not known');
    const response = await fetch(`http://${restAddress}/v1/user-tasks/${route}`, { method, signal: AbortSignal.timeout(timeoutMs), ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }) }).catch((cause: Error) => {
      throw new GatewayError(status.UNAVAILABLE, cause.message, { cause });
    });
    if (!response.ok) throw new GatewayError(REST_STATUS[response.status] ?? status.INTERNAL, ((await response.json()) as { detail?: string }).detail ?? response.statusText);
  };
  const extend = (rpc: 'suspend' | 'resume', target: SuspensionTarget): Promise<Answer> => call(rpc, suspensionRequest(target), extensions);
  return {
    async createInstance(bpmnProcessId, variables, processDefinitionKey) {
      const by = processDefinitionKey === undefined ? { bpmnProcessId, version: -1 } : { processDefinitionKey };
      const answer = await call('createProcessInstance', { ...by, variables: JSON.stringify(variables) });
      return { processInstanceKey: String(answer['processInstanceKey']), version: Number(answer['version']) };
    },
    async completeJob(jobKey, variables) {
      await call('completeJob', { jobKey, variables: JSON.stringify(variables) });
    },
    completeUserTask: (key, variables) => userTask('POST', `${key}/completion`, { variables }),
    assignUserTask: (key, assignee) => (assignee === null ? userTask('DELETE', `${key}/assignee`) : userTask('POST', `${key}/assignment`, { assignee })),
    async publishMessage({ name, correlationKey, variables = {}, messageId = '', ttlMs = 3_600_000 }) {
      try {
        await call('publishMessage', { name, correlationKey, timeToLive: String(ttlMs), messageId, variables: JSON.stringify(variables) });
        return true;
      } catch (error) {
        if (!(error instanceof GatewayError && error.code === status.ALREADY_EXISTS)) throw error;
        return false;
      }
    },
    async evaluateDecision(decisionId, variables) {
      const answer = await call('evaluateDecision', { decisionId, variables: JSON.stringify(variables) });
      if (answer['failureMessage'] !== '') throw new Error(`decision '${decisionId}' failed: ${String(answer['failureMessage'])}`);
      return JSON.parse(String(answer['decisionOutput'])) as JsonValue;
    },
    async resolveIncident(incidentKey) {
      await call('resolveIncident', { incidentKey });
    },
    async updateJobRetries(jobKey, retries) {
      await call('updateJobRetries', { jobKey, retries });
    },
    async setVariables(elementInstanceKey, variables) {
      await call('setVariables', { elementInstanceKey, variables: JSON.stringify(variables), local: true });
    },
    async cancelInstance(processInstanceKey) {
      await call('cancelProcessInstance', { processInstanceKey });
    },
    async suspend(target) {
      await extend('suspend', target);
    },
    async resume(target) {
      await extend('resume', target);
    },
    async deployResources(resources) {
      const answer = await call('deployResource', { resources: resources.map(({ name, content }) => ({ name, content: Buffer.from(content, 'utf8') })) });
      return (answer['deployments'] as Record<string, Answer | null>[]).flatMap(deployedResource);
    },
    async probe() {
      const topology = await call('topology', {});
      if ((topology['brokers'] as unknown[]).length === 0) throw new GatewayError(status.UNAVAILABLE, 'the gateway sees no broker');
      const activate = (client as unknown as Record<string, (request: object, options: { deadline: number }) => JobStream>)['activateJobs']!;
      await new Promise<void>((resolve, reject) => {
        activate
          .call(client, { type: PROBE_TYPE, worker: 'health', timeout: '1000', maxJobsToActivate: 1, requestTimeout: '-1' }, { deadline: Date.now() + 3000 })
          .on('data', () => undefined)
          .on('end', resolve)
          .on('error', (error) => reject(refusal(error)));
      });
    },
    close: () => {
      client.close();
      extensions.close();
    },
  };
}

const suspensionRequest = (target: SuspensionTarget): object => (target.kind === 'job_type' ? { jobType: target.jobType } : target.kind === 'process_instance' ? { processInstanceKey: target.key } : { processDefinitionKey: target.key });

function refusal(error: ServiceError): GatewayError {
  return new GatewayError(error.code, error.details || error.message, { cause: error });
}

function deployedResource(deployment: Record<string, Answer | null>): DeployedResource[] {
  const { process, form, decision, decisionRequirements } = deployment;
  if (process) return [{ kind: 'process', id: String(process['bpmnProcessId']), version: Number(process['version']), key: String(process['processDefinitionKey']) }];
  if (form) return [{ kind: 'form', id: String(form['formId']), version: Number(form['version']), key: String(form['formKey']) }];
  if (decision) return [{ kind: 'decision', id: String(decision['dmnDecisionId']), version: Number(decision['version']), key: String(decision['decisionKey']) }];
  if (decisionRequirements) return [{ kind: 'requirements', id: String(decisionRequirements['dmnDecisionRequirementsId']), version: Number(decisionRequirements['version']), key: String(decisionRequirements['decisionRequirementsKey']) }];
  return [];
}

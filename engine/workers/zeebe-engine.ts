import type { ZBClient } from 'zeebe-node';
import type { JsonObject } from '../contract/json.ts';
import type { EngineCommands } from './job-worker.ts';

const HOUR_MS = 3_600_000;
const ALREADY_EXISTS = 6;

/** The engine over the gateway protocol: the embedded one or any Zeebe. */
export function zeebeEngine(client: ZBClient): EngineCommands {
  return {
    async createInstance(bpmnProcessId, variables) {
      const { processInstanceKey } = await client.createProcessInstance({ bpmnProcessId, variables: plain(variables) });
      return { processInstanceKey };
    },
    async publishMessage({ name, correlationKey, variables = {}, messageId, ttlMs = HOUR_MS }) {
      try {
        await client.publishMessage({ name, correlationKey, variables: plain(variables), timeToLive: ttlMs, ...(messageId === undefined ? {} : { messageId }) } as Parameters<ZBClient['publishMessage']>[0]);
      } catch (error) {
        if ((error as { code?: unknown }).code !== ALREADY_EXISTS) throw error;
      }
    },
    async evaluateDecision(decisionId, variables) {
      const answer = await client.evaluateDecision({ decisionId, variables: plain(variables) } as Parameters<ZBClient['evaluateDecision']>[0]);
      if (answer.failureMessage) throw new Error(`decision ${decisionId} failed: ${answer.failureMessage}`);
      return JSON.parse(answer.decisionOutput) as unknown;
    },
    async completeJob(key, variables) {
      await client.completeJob({ jobKey: key, variables: plain(variables) });
    },
  };
}

/** The client's own JSON type knows no null. */
function plain(variables: JsonObject): never {
  return variables as never;
}

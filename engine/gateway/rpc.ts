import { status } from '@grpc/grpc-js';
import type { Clock } from '../contract/clock.ts';
import { parseVariables } from '../contract/exact-json.ts';
import type { JsonObject } from '../contract/json.ts';
import type { Answer, Command } from '../protocol/commands.ts';
import type { RejectionType } from '../protocol/records.ts';
import { RpcError, type Caller, type RpcHandler } from './server-call.ts';

export { RpcError } from './server-call.ts';

/** The broker as the gateway needs it. */
export interface GatewayBroker {
  submit(command: Command): Promise<Answer>;
  requestJobs(command: Extract<Command, { type: 'activate_jobs' }>): { answer: Promise<Answer>; cancel: () => void };
  onJobs(jobType: string, listener: (jobKeys: readonly string[]) => boolean): () => void;
  readonly partitionCount: number;
}

export interface GatewayContext {
  broker: GatewayBroker;
  clock: Clock;
  /** Whether requests have to name a tenant they may act for. @default false */
  multiTenancy?: boolean;
  /** With multi-tenancy: the tenants that whoever makes the call may act for. */
  authorized?: readonly string[];
  /** Who asks; those who ask are served in turn. */
  source?: string;
  /** How long the broker may take to decide a command, in ms. @default 15000 */
  requestTimeoutMs?: number;
}

const STATUS: Record<RejectionType | 'RESOURCE_EXHAUSTED' | 'DEADLINE_EXCEEDED' | 'UNAVAILABLE', status> = {
  INVALID_ARGUMENT: status.INVALID_ARGUMENT,
  NOT_FOUND: status.NOT_FOUND,
  ALREADY_EXISTS: status.ALREADY_EXISTS,
  INVALID_STATE: status.FAILED_PRECONDITION,
  PROCESSING_ERROR: status.INTERNAL,
  EXCEEDED_BATCH_RECORD_SIZE: status.INTERNAL,
  RESOURCE_EXHAUSTED: status.RESOURCE_EXHAUSTED,
  DEADLINE_EXCEEDED: status.DEADLINE_EXCEEDED,
  UNAVAILABLE: status.UNAVAILABLE,
};

/** As Zeebe's default. */
const REQUEST_TIMEOUT_MS = 15_000;

/** What the work gives, unless it takes longer than so many ms: it is refused then by what `late` says, and may still be done. */
export function within<Value>(work: Promise<Value>, ms: number, late: () => RpcError): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(late()), ms);
    work.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: Error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}

/** The broker's answer. */
async function answerOf(context: GatewayContext, command: Command): Promise<Answer> {
  try {
    return await context.broker.submit(asGiven(context, command));
  } catch (error) {
    throw new RpcError(status.UNAVAILABLE, (error as Error).message);
  }
}

/** The command with the one who gives it. */
export function asGiven<Given extends Command>({ authorized, source }: GatewayContext, command: Given): Given {
  return { ...command, ...(authorized === undefined ? {} : { authorized }), ...(source === undefined ? {} : { source }) };
}

/** Submits a command and returns its value, or throws its refusal. `intent` is the command's name as Zeebe's message says it. */
export async function execute<Value>(context: GatewayContext, intent: string, command: Command): Promise<Value> {
  const ms = context.requestTimeoutMs ?? REQUEST_TIMEOUT_MS;
  const answer = answerOf(context, command);
  // Whoever awaits a result has a limit of its own.
  if ('awaitResult' in command) return valueOf(await answer, intent);
  return valueOf(await within(answer, ms, () => new RpcError(status.DEADLINE_EXCEEDED, `Time out between gateway and broker: the command was not answered within ${ms} ms`)), intent);
}

/** Refusals of the way to the broker, not of the command. */
const SAID_AS_IT_IS: ReadonlySet<string> = new Set(['RESOURCE_EXHAUSTED', 'DEADLINE_EXCEEDED', 'UNAVAILABLE']);

/** The value of an answer; throws the refusal. */
export function valueOf<Value>(answer: Answer, intent: string): Value {
  if (answer.ok) return answer.value as Value;
  const details = SAID_AS_IT_IS.has(answer.rejection) ? answer.reason : `Command '${intent}' rejected with code '${answer.rejection}': ${answer.reason}`;
  throw new RpcError(STATUS[answer.rejection], details);
}

/** Wraps an rpc that answers once. */
export function unary<Request, Response>(handle: (request: Request, caller: Caller) => Promise<Response>): RpcHandler<Request, Response> {
  return (call) => {
    handle(call.request, call.caller).then(
      (response) => call.end(response),
      (error: Error) => call.fail(error),
    );
  };
}

/** As Zeebe's JSON reader. */
const DEEPEST = 1000;

function isTooDeep(text: string): boolean {
  if (!opensMoreThan(text, DEEPEST)) return false;
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (quoted) {
      if (sign === 0x5c) at += 1;
      else if (sign === 0x22) quoted = false;
    } else if (sign === 0x22) quoted = true;
    else if (sign === 0x5b || sign === 0x7b) {
      depth += 1;
      if (depth > DEEPEST) return true;
    } else if (sign === 0x5d || sign === 0x7d) depth -= 1;
  }
  return false;
}

/** Whether there are more opening brackets than that, those in texts included: quick to say of a long text. */
function opensMoreThan(text: string, most: number): boolean {
  let count = 0;
  for (const sign of '[{') for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) if ((count += 1) > most) return true;
  return false;
}

/** Reads a variables document: a JSON object, or nothing. */
export function readVariables(text: string | undefined): JsonObject {
  if (text === undefined || text.trim() === '' || text.trim() === 'null') return {};
  if (isTooDeep(text)) throw new RpcError(status.INVALID_ARGUMENT, `Expected to read the variables as JSON of at most ${DEEPEST} levels, but they are nested deeper`);
  let value: unknown;
  try {
    value = parseVariables(text);
  } catch (error) {
    throw new RpcError(status.INVALID_ARGUMENT, `Expected to read the variables as JSON, but: ${(error as Error).message}`);
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw new RpcError(status.INVALID_ARGUMENT, "Property 'variables' is invalid: Expected document to be a root level object, but was another JSON value.");
  return value as JsonObject;
}

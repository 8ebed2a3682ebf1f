import { Broker } from '../../engine/broker/index.ts';
import { MemoryStore } from '../../engine/broker/store/memory/memory-store.ts';
import { systemClock } from '../../engine/contract/clock.ts';
import { startGateway, type Gateway, type GatewayOptions } from '../../engine/gateway/gateway-service.ts';
import { startRest } from '../../engine/gateway/rest/rest-service.ts';
import { userTasksAt, type UserTaskCall } from './user-task-target.ts';

/** A record of either engine, as far as the suite looks at it. Keys are text. */
export interface SeenRecord {
  key: string;
  recordType: string;
  valueType: string;
  intent: string;
  value: Record<string, unknown>;
}

/** An engine to speak to. */
export interface Target {
  address: string;
  /** All records so far; undefined when nobody exports them. */
  records?: () => Promise<SeenRecord[]>;
  /** How long (ms) what follows from an answered command may take. */
  settleMs: number;
  /** Assigns, unassigns, updates or completes a user task. */
  userTask: UserTaskCall;
  stop(): Promise<void>;
}

const { ZEEBE_ADDRESS, ZEEBE_RECORDS, ZEEBE_REST } = process.env;

/** True when the suite runs against an engine that was started elsewhere. */
export const isRemote = ZEEBE_ADDRESS !== undefined && ZEEBE_ADDRESS !== '';

/** How the embedded gateway looks at those who come. */
export type Doorkeeper = Pick<GatewayOptions, 'multiTenancy' | 'checkToken'>;

/** The engine named by ZEEBE_ADDRESS (its records by the URL in ZEEBE_RECORDS), else an embedded broker of its own. */
export function openTarget(doorkeeper: Doorkeeper = {}): Promise<Target> {
  return isRemote ? Promise.resolve(remote(ZEEBE_ADDRESS!, ZEEBE_RECORDS)) : embedded(doorkeeper);
}

/** Everything read so far from ZEEBE_RECORDS. */
const seen: SeenRecord[] = [];

function remote(address: string, recordsUrl: string | undefined): Target {
  const target: Target = { address, settleMs: 80, userTask: userTasksAt(ZEEBE_REST ?? ''), stop: () => Promise.resolve() };
  if (recordsUrl === undefined || recordsUrl === '') return target;
  target.records = async () => {
    seen.push(...((await (await fetch(`${recordsUrl}/records?after=${seen.length}`)).json()) as SeenRecord[]));
    return seen;
  };
  return target;
}

/** An embedded broker of its own, in memory. */
export async function embedded(doorkeeper: Doorkeeper = {}): Promise<Target> {
  const store = new MemoryStore();
  const broker = new Broker({
    stores: [store],
    clock: systemClock,
    zone: 'Etc/UTC',
    onError: (error) => {
      // Reaches the client as INTERNAL, which no recording holds.
      process.stderr.write(`${error.stack}\n`);
    },
  });
  await broker.start();
  let rest: Gateway | undefined;
  const gateway = await startGateway({ broker, clock: systemClock, port: 0, ...doorkeeper });
  return {
    address: gateway.address,
    settleMs: 15,
    userTask: async (...asked) => {
      rest ??= await startRest({ broker, clock: systemClock, port: 0 });
      return userTasksAt(`http://${rest.address}`)(...asked);
    },
    records: async () => (await store.readRecords('0', 1_000_000)) as unknown as SeenRecord[],
    stop: async () => {
      await rest?.stop();
      await gateway.stop();
      await broker.stop();
    },
  };
}

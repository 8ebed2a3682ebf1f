import type { Key } from '../../protocol/key.ts';
import type { TableSpec } from './table-spec.ts';

/** Unit of the lock that lets one instance per process and correlation key be started by message. `processId` is told apart by its tenant. */
export const startLockUnit = (processId: string, correlationKey: string): string => `lock|${processId}|${correlationKey}`;
/** Unit of a unique business key. `processId` is told apart by its tenant. */
export const businessKeyUnit = (processId: string, businessKey: string): string => `bk|${processId}|${businessKey}`;

export interface StartLock {
  processInstanceKey: Key;
}

/** The running instance that holds a unique business key of its process. */
export interface BusinessKeyRow {
  processInstanceKey: Key;
}

export const startLocks: TableSpec<StartLock> = { name: 'start_lock' };
export const businessKeys: TableSpec<BusinessKeyRow> = { name: 'business_key' };

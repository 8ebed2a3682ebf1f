import { sanctions, violations } from './accountability.ts';
import { compensations, complaints } from './complaints.ts';
import { feedback, surveys } from './customers.ts';
import type { Ledger } from './ledger.ts';
import { rectifications, risks, securityEvents } from './risks.ts';
import { applications, appointments, changes } from './services.ts';

/** Every ledger, in the order shown. */
export const ledgers: readonly Ledger[] = [complaints, appointments, applications, changes, feedback, surveys, risks, securityEvents, rectifications, compensations, violations, sanctions];

/** The ledger of that name. */
export function findLedger(id: string): Ledger | undefined {
  return ledgers.find((each) => each.id === id);
}

import { announcements } from './announcements.ts';
import { sanctions, violations } from './accountability.ts';
import { riskAssessments, riskRegister, thresholdAlerts } from './assessments.ts';
import { archives } from './archives.ts';
import { compensations, complaints } from './complaints.ts';
import { consultations } from './consultations.ts';
import { feedback, surveys } from './customers.ts';
import { improvements } from './improvements.ts';
import type { Ledger } from './ledger.ts';
import { findings, inspectionItems, inspections, qualityAssessments } from './quality.ts';
import { rectifications, risks, securityEvents } from './risks.ts';
import { applications, appointments, changes } from './services.ts';
import { certificates, trainingHours, trainingResults, trainings } from './training.ts';

/** Every ledger, in the order shown. */
export const ledgers: readonly Ledger[] = [complaints, appointments, applications, changes, consultations, feedback, surveys, improvements, risks, securityEvents, riskAssessments, riskRegister, thresholdAlerts, rectifications, compensations, violations, sanctions, inspections, inspectionItems, findings, qualityAssessments, trainings, trainingResults, trainingHours, certificates, announcements, archives];

/** The ledger of that name. */
export function findLedger(id: string): Ledger | undefined {
  return ledgers.find((each) => each.id === id);
}

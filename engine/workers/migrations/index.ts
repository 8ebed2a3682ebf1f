import type { Migration } from '../../database/migrate.ts';
import { effectsAndLedgers } from './0001-effects-and-ledgers.ts';
import { customerAndCaseLedgers } from './0002-customer-and-case-ledgers.ts';
import { riskAndEmergency } from './0003-risk-and-emergency.ts';
import { accountabilityLedgers } from './0004-accountability-ledgers.ts';
import { serviceLedgers } from './0005-service-ledgers.ts';
import { customerLoop } from './0006-customer-loop.ts';
import { securityAndDrills } from './0007-security-and-drills.ts';
import { calendarRecompute } from './0008-calendar-recompute.ts';
import { knowledgeImprovementAssessment } from './0009-knowledge-improvement-assessment.ts';
import { trainingInspectionAssessment } from './0010-training-inspection-assessment.ts';
import { peopleAndOpinions } from './0020-people-and-opinions.ts';
import { telephoneLog } from './0021-telephone-log.ts';
import { dataClasses } from './0022-data-classes.ts';
import { informationRelease } from './0023-information-release.ts';

/** Schema steps of this room, all in schema `app`; they need those of `identity` and `notifications`. */
export const workerMigrations: Migration[] = [effectsAndLedgers, customerAndCaseLedgers, riskAndEmergency, accountabilityLedgers, serviceLedgers, customerLoop, securityAndDrills, calendarRecompute, knowledgeImprovementAssessment, trainingInspectionAssessment, peopleAndOpinions, telephoneLog, dataClasses, informationRelease];

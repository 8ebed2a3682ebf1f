import { accessRevoke } from './access/revoke.ts';
import { announcementPublish } from './announcement/publish.ts';
import { announcementTrack } from './announcement/track.ts';
import { announcementWithdraw } from './announcement/withdraw.ts';
import { applicationCheck } from './application/check.ts';
import { archiveStore } from './archive/store.ts';
import { assessmentCollect } from './assessment/collect.ts';
import { assessmentRecord } from './assessment/record.ts';
import { assessmentScore } from './assessment/score.ts';
import { calendarDeadline } from './calendar/deadline.ts';
import { compensationRegister } from './compensation/register.ts';
import { compensationReverse } from './compensation/reverse.ts';
import { certificateIssue } from './certificate/issue.ts';
import { certificateScan } from './certificate/scan.ts';
import { complaintEvidence } from './complaint/evidence.ts';
import { complaintLink } from './complaint/link.ts';
import { customerLog } from './customer/log.ts';
import { customerLookup } from './customer/lookup.ts';
import { directoryMembers } from './directory/members.ts';
import { drillLog } from './drill/log.ts';
import { identityCheck } from './identity/check.ts';
import { identitySendOtp } from './identity/send-otp.ts';
import { inspectionLog } from './inspection/log.ts';
import type { JobWorker } from './job-worker.ts';
import { kbSearch } from './kb/search.ts';
import { kbUse } from './kb/use.ts';
import { messagePublish } from './message/publish.ts';
import { metricPublish } from './metric/publish.ts';
import { notifySend } from './notify/send.ts';
import { processStart } from './process/start.ts';
import { progressLog } from './progress/log.ts';
import { recordRegister } from './record/register.ts';
import { rectificationClose } from './rectification/close.ts';
import { rectificationOpen } from './rectification/open.ts';
import { rectificationUpdate } from './rectification/update.ts';
import { reportGenerate } from './report/generate.ts';
import { resourceActivate } from './resource/activate.ts';
import { riskGather } from './risk/gather.ts';
import { riskRegisterItems } from './risk/register.ts';
import { riskSelfAssess } from './risk/self-assess.ts';
import { riskThreshold } from './risk/threshold.ts';
import { riskUpsert } from './risk/upsert.ts';
import { riskWatch } from './risk/watch.ts';
import { serviceOrder } from './service/order.ts';
import { serviceState } from './service/state.ts';
import { sanctionApply } from './sanction/apply.ts';
import { sanctionHistory } from './sanction/history.ts';
import { sanctionLift } from './sanction/lift.ts';
import { securityContain } from './security/contain.ts';
import { slaBreach } from './sla/breach.ts';
import { slotConfirm } from './slot/confirm.ts';
import { slotHold } from './slot/hold.ts';
import { slotMatch } from './slot/match.ts';
import { slotRelease } from './slot/release.ts';
import { slotWait } from './slot/wait.ts';
import { staffCredit } from './staff/credit.ts';
import { staffDuty } from './staff/duty.ts';
import { surveyClose } from './survey/close.ts';
import { surveyDispatch } from './survey/dispatch.ts';
import { surveyDraw } from './survey/draw.ts';
import { taskAssign } from './task/assign.ts';
import { taskIntervene } from './task/intervene.ts';
import { trainingResult } from './training/result.ts';
import { trainingSession } from './training/session.ts';

/** Every job worker the product ships: one file and one line each. */
export const shippedWorkers: JobWorker[] = [
  accessRevoke,
  announcementPublish,
  announcementTrack,
  announcementWithdraw,
  applicationCheck,
  archiveStore,
  assessmentCollect,
  assessmentRecord,
  assessmentScore,
  calendarDeadline,
  compensationRegister,
  compensationReverse,
  certificateIssue,
  certificateScan,
  complaintEvidence,
  complaintLink,
  customerLog,
  customerLookup,
  directoryMembers,
  drillLog,
  identityCheck,
  identitySendOtp,
  inspectionLog,
  kbSearch,
  kbUse,
  messagePublish,
  metricPublish,
  notifySend,
  processStart,
  progressLog,
  recordRegister,
  rectificationClose,
  rectificationOpen,
  rectificationUpdate,
  reportGenerate,
  resourceActivate,
  riskGather,
  riskRegisterItems,
  riskSelfAssess,
  riskThreshold,
  riskUpsert,
  riskWatch,
  serviceOrder,
  serviceState,
  sanctionApply,
  sanctionHistory,
  sanctionLift,
  securityContain,
  slaBreach,
  slotConfirm,
  slotHold,
  slotMatch,
  slotRelease,
  slotWait,
  staffCredit,
  staffDuty,
  surveyClose,
  surveyDispatch,
  surveyDraw,
  taskAssign,
  taskIntervene,
  trainingResult,
  trainingSession,
];

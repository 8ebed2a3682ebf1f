import type { Dice } from './dice.ts';
import type { OpenTask } from './engine-mirror.ts';
import type { OfficeHours } from './office-hours.ts';

/** Usual minutes of working time from a task's arrival to its end, by element (of a process, when elements of one name differ). */
const usual: Readonly<Record<string, number>> = {
  'complaint_handling/ut_register': 150, 'complaint_handling/ut_investigate': 760, ut_onsite: 500, ut_extension: 150, 'complaint_handling/ut_plan': 210, 'complaint_handling/ut_review': 140, 'complaint_handling/ut_committee': 400, ut_return_visit: 150, ut_close: 110, 'complaint_handling/ut_final': 500, ut_withdraw: 90,
  ut_sla_intervene: 75, ut_manual: 70, 'service_appointment/ut_call': 120, 'service_change/ut_reason': 60, ut_appr: 110, 'service_change/ut_call': 150,
  'service_application/ut_accept': 90, ut_suit: 300, ut_first: 330, ut_second: 360, 'service_application/ut_final': 480, ut_fix: 500, ut_execute: 700,
  ut_confirm_end: 260, ut_issue: 400, ut_renew: 700, ut_triage: 130, ut_praise: 160, ut_sug: 900, ut_track: 900, ut_answer: 22, ut_visit: 300, 'satisfaction_survey/ut_call': 300,
  ut_clear: 500, ut_close_acct: 420, ut_final_check: 160,
  ut_identify: 35, ut_confirm: 25, ut_contain: 35, ut_contain2: 45, ut_command: 20, ut_notice: 30, ut_regulator: 60, ut_recover: 50, ut_routine: 320, ut_aftermath: 500, 'risk_incident/ut_investigate': 1300, ut_evaluate: 500, 'risk_incident/ut_review': 900,
  'violation_accountability/ut_accept': 240, ut_interim: 100, 'violation_accountability/ut_investigate': 1700, ut_statement: 700, ut_conclude: 500, ut_transfer: 300, ut_determine: 600, ut_decide: 500, 'violation_accountability/ut_committee': 500, ut_appeal: 900, ut_hr: 500,
  'rectification/ut_plan': 500, ut_do: 3200, ut_verify: 600, ut_esc: 200, ut_customer: 120, ut_trace: 900, ut_approve: 300, ut_run: 150, ut_observe: 200, ut_summary: 500, 'staff_training/ut_plan': 800, ut_analyze: 2400, 'emergency_drill/ut_plan': 1500,
};
const OTHERWISE = 240;
const MINUTE_MS = 60_000;

/** What cannot wait for office hours: it happens by the clock, so many minutes after it has come up. */
const atOnce: Readonly<Record<string, readonly [least: number, most: number]>> = { ut_checkin: [0, 14], ut_perform: [10, 27], ut_otp: [1, 6], ut_docs: [3, 14], ut_face: [1, 6], ut_contain: [12, 50], ut_identify: [6, 60], ut_confirm: [5, 25], ut_notice: [10, 50], ut_recover: [15, 70], ut_command: [5, 20], ut_respond: [15, 80] };

const withinADay = new Set(['complaint_handling/ut_register', 'service_application/ut_accept', 'customer_feedback/ut_triage']);

/** When a task is taken and when it is done, epoch ms; `doneAt` null when the person does not come (a customer who does not show up). */
export function paceOf(task: OpenTask, dice: Dice, hours: OfficeHours, until: number): { takenAt: number; doneAt: number | null } {
  const quick = atOnce[task.elementId];
  if (quick !== undefined) {
    if (task.elementId === 'ut_checkin' && dice.chance(0.07)) return { takenAt: task.createdAt, doneAt: null };
    const doneAt = task.createdAt + (dice.between(quick[0], quick[1]) + dice.next()) * MINUTE_MS;
    const open = doneAt - hours.after(doneAt, 1) + MINUTE_MS;
    // Codes and documents are shown when somebody is there to look at them.
    const waits = open < -90 * MINUTE_MS && ['ut_otp', 'ut_docs', 'ut_face'].includes(task.elementId) && dice.chance(0.7);
    const at = waits ? hours.after(doneAt, dice.between(5, 60)) : doneAt;
    return { takenAt: at - MINUTE_MS / 2, doneAt: at };
  }
  const median = usual[`${task.bpmnProcessId}/${task.elementId}`] ?? usual[task.elementId] ?? OTHERWISE;
  const recent = until - task.createdAt < 12 * 86_400_000;
  const late = dice.chance(recent ? 0.05 : 0.03);
  const minutes = Math.max(4, dice.skewed(median, 0.55)) * (late ? dice.between(3, 9) : 1);
  // Work of the last two days is left in part, for whoever looks into the inboxes.
  if (hours.after(task.createdAt, 900) > until && dice.chance(0.45)) return { takenAt: dice.chance(0.5) ? hours.after(task.createdAt, dice.between(5, 120)) : Infinity, doneAt: null };
  // Somebody is on duty on days of rest for what has to be answered within a day.
  if (withinADay.has(`${task.bpmnProcessId}/${task.elementId}`) && hours.after(task.createdAt, 1) - task.createdAt > 15 * 60 * MINUTE_MS && dice.chance(0.96)) {
    const at = task.createdAt + dice.between(30, 600) * MINUTE_MS;
    return { takenAt: at - dice.between(5, 25) * MINUTE_MS, doneAt: at };
  }
  const doneAt = hours.after(task.createdAt, minutes);
  const takenAt = hours.after(task.createdAt, minutes * (0.15 + 0.6 * dice.next()));
  return { takenAt: Math.min(takenAt, doneAt), doneAt };
}

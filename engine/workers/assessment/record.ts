import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { addDays, localDate } from '../calendar/zone-time.ts';
import { once, type Effect } from '../effect.ts';
import { numberIn, objectIn, requiredText, rowsOf, textIn, textOf } from '../job-input.ts';
import type { Job, JobWorker, WorkerContext } from '../job-worker.ts';
import { addToStaffRecord } from '../ledgers/sanction.ts';

/** Days a failed subject has to put things right (R). */
const RECTIFY_DAYS = 30;

interface Reward {
  kind: string;
  subject: string;
  name: string;
  score: number;
  grade: string;
  award: string[];
  points: number;
  rectify: boolean;
}

/**
 * Enters an approved assessment into the records: `rewards` [{kind, subject, name, score, grade, award[], points, rectify}] of units and staff, with the
 * `reviews` [{unit, adjust, reason}] and `confirmations` [{unit, agree, remark}] of units. Staff get an entry in their service record; negative
 * `points` are taken off, and whoever may not be awarded (`no_award`) gets no award. Returns `recorded`, and `rectItems`
 * (one for each subject with `rectify`, owned by the person or by somebody of the department).
 */
export const assessmentRecord: JobWorker = {
  type: 'assessment.record',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const assessmentNo = textOf(job, 'assessmentNo') ?? requiredText(job, 'caseNo');
      const at = new Date(context.clock.now());
      const today = localDate(at.getTime(), context.zone);
      const rectItems: JsonObject[] = [];
      let recorded = 0;
      for (const reward of rewardsOf(job)) {
        const award = reward.kind === 'staff' ? await allowed(trx, reward, today) : reward.award;
        const review = reward.kind === 'unit' ? rowOf(job, 'reviews', reward.subject) : undefined;
        const confirmation = reward.kind === 'unit' ? rowOf(job, 'confirmations', reward.subject) : undefined;
        const changed = await trx('app.quality_assessment').where({ assessment_no: assessmentNo, subject_kind: reward.kind, subject: reward.subject }).update({
          adjust: numberIn(review?.['adjust']) ?? 0, reason: textIn(review?.['reason']), score: reward.score, grade: reward.grade, award, status: 'approved', approved_at: at,
          confirmed: confirmation === undefined ? null : textIn(confirmation['agree']) !== null, disputed: confirmation?.['agree'] === 'dispute', remark: textIn(confirmation?.['remark']),
        });
        if (changed === 0) throw new Error(`assessment ${assessmentNo} has no score of ${reward.kind} ${reward.subject}`);
        recorded += 1;
        if (reward.kind === 'staff') await recordStaff(trx, job, reward, award, at);
        if (reward.rectify) rectItems.push(await rectItemOf(trx, context, reward, textOf(job, 'period') ?? ''));
      }
      return { variables: { recorded, rectItems }, audit: { assessmentNo, recorded, rectify: rectItems.length } };
    }),
};

/** Awards of somebody who may get some; a ban on awards leaves the rest. */
async function allowed(trx: Database, reward: Reward, today: string): Promise<string[]> {
  const banned = await trx('app.staff_record').where({ staff_no: reward.subject }).where('no_award_until', '>=', today).first();
  return banned === undefined ? reward.award : reward.award.filter((one) => one !== 'bonus' && one !== 'commendation');
}

async function recordStaff(trx: Database, job: Job, reward: Reward, award: readonly string[], at: Date): Promise<void> {
  await addToStaffRecord(trx, job, reward.subject, 'assessment', { period: textOf(job, 'period'), score: reward.score, grade: reward.grade, award: [...award] }, at);
  if (award.includes('bonus') || award.includes('commendation')) await addToStaffRecord(trx, job, reward.subject, 'reward', { award: award.filter((one) => one === 'bonus' || one === 'commendation'), period: textOf(job, 'period') }, at);
  if (reward.points < 0) await trx('app.staff_record').where({ staff_no: reward.subject }).update({ points: trx.raw('greatest(0, points + ?::numeric)', [reward.points]) });
}

async function rectItemOf(trx: Database, context: WorkerContext, reward: Reward, period: string): Promise<JsonObject> {
  const lead: { id: string } | undefined = reward.kind === 'unit' ? await trx('app.app_user').select('id').whereRaw('? = any(groups)', [`dept_${reward.subject}`]).orderByRaw(`(duty = 'on') desc, id`).first() : { id: reward.subject };
  return {
    item: `${period} 考核不合格：${reward.name}（${reward.score} 分）`, requirement: '分析失分原因，落实改进措施，下一周期达到合格以上', owner: lead?.id ?? null,
    due: addDays(localDate(context.clock.now(), context.zone), RECTIFY_DAYS), weight: 'heavy',
  };
}

function rewardsOf(job: Job): Reward[] {
  const list = job.variables['rewards'];
  if (!Array.isArray(list)) throw new Error(`${job.type} at ${job.elementId} needs "rewards", a list`);
  return list.map((one): Reward => {
    const row = objectIn(one);
    const [kind, subject, score, grade] = [textIn(row['kind']), textIn(row['subject']), numberIn(row['score']), textIn(row['grade'])];
    if (kind === null || subject === null || score === null || grade === null) throw new Error(`a row of "rewards" needs kind, subject, score and grade, not ${JSON.stringify(one)}`);
    return { kind, subject, name: textIn(row['name']) ?? subject, score, grade, award: Array.isArray(row['award']) ? row['award'].map(String) : [], points: numberIn(row['points']) ?? 0, rectify: row['rectify'] === true };
  });
}

function rowOf(job: Job, name: string, unit: string): JsonObject | undefined {
  return rowsOf(job, name).find((one) => one['unit'] === unit);
}

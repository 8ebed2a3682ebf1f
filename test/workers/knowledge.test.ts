import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../engine/contract/json.ts';
import { installSampleKnowledge, sampleArticles } from '../../engine/workers/kb/sample-articles.ts';
import { queryOf, searchWords, vectorOf } from '../../engine/workers/kb/search-words.ts';
import { kbSearch } from '../../engine/workers/kb/search.ts';
import { kbUse } from '../../engine/workers/kb/use.ts';
import { recordRegister } from '../../engine/workers/record/register.ts';
import { deliverTwice, openBench, type WorkerBench } from './worker-bench.ts';

let bench: WorkerBench;
beforeAll(async () => {
  bench = await openBench('2026-11-23T10:00:00+08:00');
  await installSampleKnowledge(bench.context.db, bench.clock.now());
});
afterAll(() => bench.stop());

const search = (text: string | null, more: JsonObject = {}): Promise<JsonObject> => kbSearch.handle(bench.job('kb.search', { caseNo: 'ZX1', text, ...more }), bench.context);
const numbers = (found: JsonObject): string[] => (found['articles'] as JsonObject[]).map((one) => String(one['articleNo']));

test('search words > pairs of Chinese characters, whole Latin words, and nothing that could break a query', () => {
  expect(searchWords('R3 理财,APP!')).toEqual(['r3', '理财', 'app']);
  expect(searchWords('一')).toEqual(['一']);
  expect(queryOf(`请问' | & !:*`)).toBeNull();
  expect(queryOf('如何解冻账户')).toBe(`'何解' | '解冻' | '冻账' | '账户'`);
  expect(vectorOf([['转账 转账', 'A'], ['转账', 'D']])).toBe(`'转账':1A,2A,3D`);
});

test('sample articles > they are marked as samples, stay as somebody has changed them, and need the sample people', async () => {
  const { db } = bench.context;
  expect(await db('app.knowledge_article').where({ sample: true })).toHaveLength(sampleArticles.length);
  await db('app.knowledge_article').where({ article_no: 'ZS-0007' }).update({ title: '已修改' });
  await installSampleKnowledge(db, bench.clock.now());
  expect((await db('app.knowledge_article').where({ article_no: 'ZS-0007' }).first()).title).toBe('已修改');
  expect(sampleArticles.every((one) => one.title.startsWith('示例 · '))).toBe(true);
});

test('kb.search > the best article first, its category before others, retired ones never', async () => {
  expect(numbers(await search('跨行转账要收多少手续费?'))[0]).toBe('ZS-0006');
  expect(numbers(await search('密码', { category: 'risk' }))[0]).toBe('ZS-0008');
  expect(numbers(await search('密码', { category: 'account' }))[0]).toBe('ZS-0002');
  expect(numbers(await search('费用', { max: 1 }))).toHaveLength(1);
  await bench.context.db('app.knowledge_article').where({ article_no: 'ZS-0006' }).update({ active: false });
  expect(numbers(await search('跨行转账要收多少手续费?'))).not.toContain('ZS-0006');
});

test('kb.search > nothing to look for and nothing found are empty lists', async () => {
  expect(await search(null)).toEqual({ articles: [], articleOptions: [] });
  expect(await search('xyzzy')).toEqual({ articles: [], articleOptions: [] });
});

test('kb.search > delivered twice at once it writes one line of what was found', async () => {
  const [one, two] = await deliverTwice(kbSearch, bench.job('kb.search', { caseNo: 'ZX7', text: '如何投诉' }), bench.context);
  expect(two).toEqual(one);
  expect(await bench.context.db('app.knowledge_search').where({ case_no: 'ZX7' })).toMatchObject([{ found: numbers(one) }]);
});

test('kb.use > links each article once to a case, also when delivered twice, and refuses one that is not there', async () => {
  const [one, two] = await deliverTwice(kbUse, bench.job('kb.use', { caseNo: 'ZX8', usedArticles: ['ZS-0001', 'ZS-0001', 'ZS-0003'] }), bench.context);
  expect(one).toEqual({ articlesUsed: 2 });
  expect(two).toEqual(one);
  await kbUse.handle(bench.job('kb.use', { caseNo: 'ZX8', usedArticles: ['ZS-0001'] }), bench.context);
  expect(await bench.context.db('app.knowledge_use').where({ case_no: 'ZX8' }).orderBy('article_no').pluck('article_no')).toEqual(['ZS-0001', 'ZS-0003']);
  expect(await kbUse.handle(bench.job('kb.use', { caseNo: 'ZX9', usedArticles: [] }), bench.context)).toEqual({ articlesUsed: 0 });
  await expect(kbUse.handle(bench.job('kb.use', { caseNo: 'ZX9', usedArticles: ['ZS-9999'] }), bench.context)).rejects.toThrow('no knowledge article ZS-9999');
  expect(await bench.context.db('app.audit_log').where({ action: 'worker.effect', actor: 'worker:kb.use' })).not.toEqual([]);
});

test('record.register > an inquiry gets its ledger row once; the customer is known by the phone number', async () => {
  const opening = bench.job('record.register', { channel: 'phone', category: 'fee', question: '转账费用', phone: '13900000002' }, { bpmnProcessId: 'service_consultation', processInstanceKey: '3001', customHeaders: { series: 'ZX' } });
  const [one, two] = await deliverTwice(recordRegister, opening, bench.context);
  expect(two).toEqual(one);
  expect(await bench.context.db('app.consultation')).toMatchObject([{ consultation_no: one['consultationNo'], customer_no: 'C100002', category: 'fee', repeated: false }]);
});

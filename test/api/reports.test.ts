import { afterAll, beforeAll, expect, test } from 'vitest';
import { bpmn, chain, end, start, userTask } from '../support/bpmn.ts';
import { TestStack } from '../support/stack.ts';

let stack: TestStack;
let key: string;
beforeAll(async () => {
  stack = await TestStack.start();
  await stack.deploy({ 'p.bpmn': bpmn('p', start() + userTask('ask', '<zeebe:assignmentDefinition candidateGroups="cs_frontdesk"/>') + end() + chain('start', 'ask', 'end')) });
  key = await stack.create('p');
  const report = (no: string, version: number, template: string): object => ({ report_no: no, version, template, case_no: 'GJ1', process_instance_key: key, media_type: 'text/html; charset=utf-8', content: `<!doctype html><title>${no}</title>第 ${version} 版`, sha256: 'x', at: new Date(0) });
  await stack.database.db('app.report').insert([report('HJ1', 1, 'complaint_analysis'), report('HJ1', 2, 'complaint_analysis'), report('HJ2', 1, 'risk_quarterly'), report('HJ3', 1, 'complaint_result_letter')]);
});
afterAll(async () => {
  expect(stack.errors).toEqual([]);
  await stack.stop();
});

const read = async (person: string, path: string): Promise<{ status: number; text: string; policy: string | null }> => {
  const response = await (await stack.as(person)).fetch(`/reports/${path}`);
  return { status: response.status, text: await response.text(), policy: response.headers.get('content-security-policy') };
};

test('a report opens in its newest version or the one asked for, can do nothing but show itself, and its reading is on record', async () => {
  const newest = await read('sunyi', 'HJ1');
  expect(newest).toMatchObject({ status: 200, policy: `default-src 'none'; style-src 'unsafe-inline'; sandbox` });
  expect(newest.text).toContain('第 2 版');
  expect((await read('sunyi', 'HJ1?version=1')).text).toContain('第 1 版');
  expect((await read('sunyi', 'HJ1?version=3')).status).toBe(404);
  expect((await read('sunyi', 'HJ9')).status).toBe(404);
  expect(await stack.database.db('app.audit_log').where({ action: 'report.read' }).select('actor', 'object', 'after').orderBy('seq')).toMatchObject([{ actor: 'sunyi', object: 'report:HJ1', after: { version: 2 } }, { after: { version: 1 } }]);
});

test('a report says on every sheet who reads it and when', async () => {
  // given a person whose name would be markup
  await stack.database.db('app.app_user').where({ id: 'sunyi' }).update({ name: '<b>孙毅</b>' });
  await stack.database.db('app.report').where({ report_no: 'HJ1', version: 1 }).update({ content: '<!doctype html><html><body class="x"><h1>分析</h1></body></html>' });

  // when
  const { text } = await read('sunyi', 'HJ1?version=1');

  // then
  expect(text).toMatch(/<body class="x"><style>.*<p class="gc-mark-head">机密 Confidential · &lt;b&gt;孙毅&lt;\/b&gt; \(sunyi\) · 2026-09-17 16:20<\/p><div class="gc-mark" aria-hidden="true">.*<h1>分析/s);
  expect(text.match(/\(sunyi\) · 2026-09-17 16:20/g)!.length).toBeGreaterThan(50);
  expect(text).not.toContain('<b>孙毅');
});

test('it is for who works on the case or oversees what it is about, a letter only for who works on the case', async () => {
  const seen = async (person: string): Promise<number[]> => Promise.all(['HJ1', 'HJ2', 'HJ3'].map(async (no) => (await read(person, no)).status));
  expect(await seen('chenjing')).toEqual([200, 404, 404]);
  expect(await seen('zhengjie')).toEqual([404, 200, 404]);
  expect(await seen('wanglei')).toEqual([200, 200, 200]);
  expect(await seen('zhaoyu')).toEqual([404, 404, 404]);
});

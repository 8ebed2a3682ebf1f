import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { englishOptions, feelProblem, feelText, isFeel, isInput, readForm, validateForm, type FormComponent, type FormSchema } from '../../engine/contract/forms/index.ts';
import type { JsonObject } from '../../engine/contract/json.ts';

const root = path.resolve(import.meta.dirname, '../../forms');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.form')).sort();
const read = (file: string): FormSchema => readForm(JSON.parse(readFileSync(path.join(root, file), 'utf8')));
const all = (components: readonly FormComponent[]): FormComponent[] => components.flatMap((one) => [one, ...all(one.components ?? [])]);
const scope = { variables: {}, now: Date.parse('2026-11-23T09:00:00+08:00'), zone: 'Asia/Shanghai' };
const problems = (file: string, values: JsonObject, variables: JsonObject = {}): Record<string, string[]> =>
  Object.fromEntries(Object.entries(validateForm(read(file), values, { ...scope, variables }).errors).map(([id, found]) => [id.replace(/^F[A-Z]+\d*_/, ''), found.map((one) => one.rule)]));

describe.each(files)('%s', (file) => {
  const form = read(file);
  const components = all(form.components);

  test('is named like its file and its component ids are its own', () => {
    expect(form.id).toBe(path.basename(file, '.form'));
    expect(form['schemaVersion']).toBe(16);
    expect(form).not.toHaveProperty('properties');
    const ids = components.map((one) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('says everything in Chinese and English', () => {
    for (const one of components) {
      if (one.type === 'text') expect(one.properties?.['textEn'], one.id).toBeTruthy();
      else {
        expect(one.label ?? one['dateLabel'], one.id).toMatch(/[\u4e00-\u9fff]|^APP$/);
        expect(one.properties?.labelEn, one.id).toBeTruthy();
      }
      if (one.description !== undefined) expect(one.properties?.descriptionEn, one.id).toBeTruthy();
      if (one.properties?.rule !== undefined) expect(one.properties.ruleMessage && one.properties.ruleMessageEn, one.id).toBeTruthy();
      if (one.values !== undefined) {
        const english = englishOptions(one);
        for (const option of one.values as { value: unknown }[]) expect(english[String(option.value)], `${one.id}: ${String(option.value)}`).toBeTruthy();
      }
      for (const value of Object.values(one.properties ?? {})) expect(typeof value).toBe('string');
    }
  });

  test('holds only expressions that can be read, and rows that fit 16 columns', () => {
    const columns = new Map<string, number>();
    for (const one of components) {
      const texts = [one.conditional?.hide, one.properties?.rule, one['dataSource'], ...Object.values(one.validate ?? {})];
      for (const text of texts) if (isFeel(text)) expect(feelProblem(text), `${one.id}: ${feelText(text)}`).toBeNull();
      if (one.properties?.rule !== undefined) expect(feelProblem(one.properties.rule), one.id).toBeNull();
      const row = String(one.layout?.row);
      columns.set(row, (columns.get(row) ?? 0) + (one.layout?.columns ?? 16));
    }
    for (const [row, sum] of columns) expect(sum, row).toBeLessThanOrEqual(16);
  });

  test('gives every option exactly one source', () => {
    for (const one of components.filter((each) => isInput(each) && ['select', 'radio', 'checklist', 'taglist'].includes(each.type))) expect([one.values, one.valuesKey, one.valuesExpression].filter((each) => each !== undefined), one.id).toHaveLength(1);
  });
});

describe('rules of the forms', () => {
  const complaint: JsonObject = { source: 'external', channel: 'phone', complainantName: '示例客户', phone: '13900000001', preferredChannel: 'sms', business: 'account', occurredAt: '2026-11-22T10:00+08:00', content: '柜员态度生硬,解释不清', demand: '请道歉并说明', consent: true };

  test('F-C01 takes a complete complaint and refuses what the manual refuses', () => {
    const file = 'complaint_handling/F-C01.form';
    expect(problems(file, complaint)).toEqual({});
    expect(problems(file, { ...complaint, phone: '12345' })).toHaveProperty('phone');
    expect(problems(file, { ...complaint, phone: '010-88886666' })).toEqual({});
    expect(problems(file, { ...complaint, consent: false })).toHaveProperty('consent');
    expect(problems(file, { ...complaint, content: '太短' })).toEqual({ content: ['minLength'] });
    expect(problems(file, { ...complaint, occurredAt: '2026-11-24T10:00+08:00' })).toHaveProperty('occurredAt');
    expect(problems(file, { ...complaint, isAgent: true })).toHaveProperty('agentProof');
    expect(problems(file, { ...complaint, customerNo: 'c-1' })).toEqual({ customerNo: ['pattern'] });
    expect(problems(file, { ...complaint, amountInvolved: -1 })).toHaveProperty('amountInvolved');
  });

  test('F-C02 asks for what the decision needs', () => {
    const file = 'complaint_handling/F-C02.form';
    expect(problems(file, { acceptDecision: 'accept', registerNote: '已记录来电' })).toMatchObject({ category: ['required'], complexity: ['required'] });
    expect(problems(file, { acceptDecision: 'reject', registerNote: '已记录来电' })).toEqual({ rejectReason: ['required'] });
    expect(problems(file, { acceptDecision: 'merge', registerNote: '已记录来电', mergeInto: 'TS1' })).toEqual({});
  });

  test('F-C03 hides a second extension and needs evidence', () => {
    const file = 'complaint_handling/F-C03.form';
    const found: JsonObject = { finding: 'true', facts: '监控显示柜员当日未使用规范用语,客户所述属实。', evidence: [{ type: 'recording' }], causes: ['staff'], causeDetail: '新员工未完成岗前培训' };
    expect(problems(file, found)).toEqual({});
    expect(problems(file, { ...found, evidence: [] })).toEqual({ evidence: ['rows'] });
    expect(problems(file, { ...found, requestExtension: true, extensionDays: 16, extensionReason: '需向第三方调取交易记录' })).toEqual({ extensionDays: ['max'] });
    expect(validateForm(read(file), { ...found, requestExtension: true }, { ...scope, variables: { extensionUsed: true } }).data).not.toHaveProperty('requestExtension');
    expect(problems(file, { ...found, finding: 'false', causeDetail: '' })).toEqual({});
  });

  test('F-C05 approves at most what was asked for', () => {
    const file = 'complaint_handling/F-C05.form';
    expect(problems(file, { extensionApproved: true, approvedDays: 6, comment: '同意延期五日' }, { extensionDays: 5 })).toEqual({ approvedDays: ['max'] });
    expect(problems(file, { extensionApproved: true, approvedDays: 5, comment: '同意延期五日' }, { extensionDays: 5 })).toEqual({});
  });

  test('F-C06 asks for the kind and amount of a compensation', () => {
    const file = 'complaint_handling/F-C06.form';
    const plan: JsonObject = { measures: ['compensation'], explanation: '我们核实后已安排当事员工接受培训,并向您致歉。', expectedEffect: '本月内完成培训', completeBy: '2026-11-30' };
    expect(problems(file, plan)).toMatchObject({ compensationKind: ['required'] });
    expect(problems(file, { ...plan, compensationKind: 'apology' })).toEqual({});
    expect(problems(file, { ...plan, compensationKind: 'cash' })).toEqual({ compensationAmount: ['required'] });
    expect(problems(file, { ...plan, compensationKind: 'apology', completeBy: '2026-11-22' })).toHaveProperty('completeBy');
  });

  test('F-C10 needs rectification items until all four checks hold', () => {
    const file = 'complaint_handling/F-C10.form';
    expect(problems(file, { fourChecks: ['cause'], closeNote: '待整改' })).toEqual({ rectItems: ['rows'] });
    expect(problems(file, { fourChecks: ['cause', 'person', 'measure', 'result'], closeNote: '结案' })).toEqual({});
  });

  test('F-SLA asks for the new assignee or the new date', () => {
    expect(problems('shared/F-SLA.form', { action: 'reassign', reason: '原受理人休假' })).toEqual({ newAssignee: ['required'] });
    expect(problems('shared/F-SLA.form', { action: 'extend', newDueAt: '2026-11-23T08:00+08:00', reason: '原受理人休假' })).toHaveProperty('newDueAt');
    expect(problems('shared/F-SLA.form', { action: 'urge', reason: '请立即办理' })).toEqual({});
  });

  test('F-I02 refuses a wrong check digit and an expired document', () => {
    const document: JsonObject = { idType: 'id_card', idNo: '11010519491231002X', name: '示例', validUntil: '2030-01-01', scan: 'files::1', match: 'same', collected: ['name', 'id'] };
    const { scan: _, ...others } = problems('identity_verification/F-I02.form', document);
    expect(others).toEqual({});
    expect(problems('identity_verification/F-I02.form', { ...document, idNo: '110105194912310021' })).toMatchObject({ idNo: ['custom'] });
    expect(problems('identity_verification/F-I02.form', { ...document, idType: 'passport', idNo: 'E12345678' })).not.toHaveProperty('idNo');
    expect(problems('identity_verification/F-I02.form', { ...document, validUntil: '2026-11-22' })).toHaveProperty('validUntil');
  });

  test('F-V02 wants two investigators, neither of them the subject', () => {
    const intake: JsonObject = { acceptDecision: 'accept', subjectNo: 'wanglei', violationType: 'attitude', severityPrelim: 'general', investigators: ['wutao', 'hefang'] };
    expect(problems('violation_accountability/F-V02.form', intake)).toEqual({});
    expect(problems('violation_accountability/F-V02.form', { ...intake, investigators: ['wutao', 'wanglei'] })).toEqual({ investigators: ['custom'] });
    expect(problems('violation_accountability/F-V02.form', { ...intake, investigators: ['wutao'] })).toEqual({ investigators: ['custom'] });
    expect(problems('violation_accountability/F-V02.form', intake, { initiator: 'hefang' })).toEqual({ investigators: ['custom'] });
  });

  test('F-V03 to F-V11 ask for what a measure, a finding and a decision need', () => {
    const form = (name: string, values: JsonObject): Record<string, string[]> => problems(`violation_accountability/${name}.form`, values);
    const measure: JsonObject = { measure: 'suspend', from: '2026-11-23T10:00+08:00', to: '2026-12-01T10:00+08:00', reason: '防止证据灭失', approved: true };
    expect(form('F-V03', measure)).toEqual({});
    expect(form('F-V03', { ...measure, to: '2026-11-22T10:00+08:00' })).toEqual({ to: ['custom'] });
    expect(form('F-V03', { ...measure, approved: false })).toHaveProperty('approved');
    expect(form('F-V05', { agree: 'deny', statement: '本人按规范服务,请核实录音。', signed: false })).toHaveProperty('signed');
    expect(form('F-V06', { conclusion: 'substantiated', causes: ['staff'], harm: 'mild', rectItems: [] })).toEqual({ rectItems: ['rows'] });
    expect(form('F-V06', { conclusion: 'unsubstantiated', causes: ['staff'], harm: 'none', rectItems: [] })).toEqual({});
    expect(form('F-V08', { violations: [], liablePersons: [], determineNote: '事实清楚' })).toMatchObject({ violations: ['rows'], liablePersons: ['rows'] });
    expect(form('F-V09', { result: 'decide', type: 'fine', reason: '依据处理标准决定' })).toEqual({ amount: ['required'] });
    expect(form('F-V09', { result: 'decide', type: 'no_award', months: 13, reason: '依据处理标准决定' })).toEqual({ months: ['max'] });
    expect(form('F-V09', { result: 'return', reason: '依据不足,请补充' })).toEqual({});
    expect(form('F-V11', { appealResult: 'revise', newDecisions: [], reason: '初犯且已道歉,变更为通报批评,理由见复核报告。' })).toEqual({ newDecisions: ['rows'] });
    expect(form('F-V11', { appealResult: 'revoke', reason: '考勤证明当事人当日不在岗,因此撤销原处理决定。' })).toEqual({});
  });
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readForm, validateForm } from '../../engine/contract/forms/index.ts';
import type { JsonObject } from '../../engine/contract/json.ts';

const root = path.resolve(import.meta.dirname, '../../forms');

/** Rules that break, by field. */
function broken(file: string, values: JsonObject, variables: JsonObject = {}): Record<string, string[]> {
  const form = readForm(JSON.parse(readFileSync(path.join(root, `${file}.form`), 'utf8')));
  const { errors } = validateForm(form, values, { variables, now: Date.parse('2026-11-23T09:00:00+08:00'), zone: 'Asia/Shanghai', sources: { directoryGroups: [{ value: 'compliance', label: '合规部' }], directoryUsers: [{ value: 'wanglei', label: '王蕾' }] } });
  return Object.fromEntries(Object.entries(errors).map(([id, found]) => [id.replace(/^F[A-Z]+\d*_/, ''), found.map((one) => one.rule)]));
}

test('change forms > a delay needs a later date, both need a reason in full', () => {
  const cancel: JsonObject = { changeType: 'cancel', reasonKind: 'system', reasonText: '支行核心系统故障，暂停办理', impact: '上午停办', affectedCount: 1, measures: '致歉' };
  expect(broken('service_change/F-X01', cancel)).toEqual({});
  expect(broken('service_change/F-X01', { ...cancel, reasonText: '故障', affectedCount: 0 })).toEqual({ reasonText: ['minLength'], affectedCount: ['min'] });
  expect(broken('service_change/F-X01', { ...cancel, changeType: 'delay' })).toEqual({ newDate: ['required'] });
  expect(broken('service_change/F-X01', { ...cancel, changeType: 'delay', newDate: '2026-11-22T10:00+08:00' })).toHaveProperty('newDate');
  expect(broken('service_change/F-X02', { approved: false, offer: 'keep' })).toEqual({ comment: ['required'] });
  expect(broken('service_change/F-X03', { contactResult: 'accept', note: '同意改期' })).toEqual({});
});

test('survey forms > the customer says how satisfied they are, a call only when somebody was reached', () => {
  expect(broken('satisfaction_survey/F-Y01', { attitude: 5 })).toEqual({ overall: ['required'] });
  expect(broken('satisfaction_survey/F-Y01', { overall: 5, nps: 11, comment: '好'.repeat(501) })).toEqual({ nps: ['max'], comment: ['maxLength'] });
  expect(broken('satisfaction_survey/F-Y02', { reached: false })).toEqual({});
  expect(broken('satisfaction_survey/F-Y02', { reached: true })).toEqual({ overall: ['required'] });
  expect(broken('satisfaction_survey/F-Y03', { cause: 'speed', remedy: '致歉并安排专窗' })).toEqual({ openComplaint: ['required'] });
});

test('feedback forms > an adopted suggestion has a plan and a date, anonymous feedback no contact', () => {
  expect(broken('customer_feedback/F-O03', { adopt: false, reply: '暂不具备条件' })).toEqual({});
  expect(broken('customer_feedback/F-O03', { adopt: true, reply: '采纳' })).toEqual({ plan: ['required'], due: ['required'] });
  expect(broken('customer_feedback/F-O03', { adopt: true, reply: '采纳', plan: '试点', due: '2026-11-22' })).toHaveProperty('due');
  expect(broken('customer_feedback/F-O01', { channel: 'app', kind: 'praise', content: '感谢柜员耐心讲解', anonymous: true, phone: '12' })).toEqual({});
  expect(broken('customer_feedback/F-O01', { channel: 'app', kind: 'praise', content: '感谢柜员耐心讲解', phone: '12' })).toEqual({ phone: ['phone'] });
  expect(broken('customer_feedback/F-O04', { staff: [], praiseText: '耐心' })).toEqual({ staff: ['required'] });
});

test('follow-up forms > issues are described, unsolved ones get a date, a renewal a term', () => {
  const confirmed: JsonObject = { confirmedItems: ['content'], supportUntil: '2026-12-31' };
  expect(broken('service_followup/F-U01', confirmed)).toEqual({});
  expect(broken('service_followup/F-U01', { ...confirmed, openIssues: true })).toEqual({ issueText: ['required'] });
  expect(broken('service_followup/F-U02', { handling: '已联系系统部门', resolved: false })).toEqual({ newDue: ['required'] });
  expect(broken('service_followup/F-U03', { renew: 'yes' })).toEqual({ term: ['required'] });
  expect(broken('service_followup/F-U03', { renew: 'no' })).toEqual({ reason: ['required'] });
  expect(broken('service_followup/F-U03', { renew: 'later' })).toEqual({});
});

test('termination forms > free will is confirmed, the account stays masked, the second person verifies', () => {
  const request: JsonObject = { customerName: '示例客户', phone: '13900000001', customerType: 'individual', reason: 'no_need', settleTo: '6222****1234', dataRequest: 'none', consent: true };
  expect(broken('service_termination/F-Z01', request)).toEqual({});
  expect(broken('service_termination/F-Z01', { ...request, settleTo: '6222021234561234', consent: false })).toEqual({ settleTo: ['pattern'], consent: ['required'] });
  expect(broken('service_termination/F-Z01', { ...request, customerType: 'corporate' })).toEqual({ companyName: ['required'] });
  expect(broken('service_termination/F-Z02', { handling: '已结清', cleared: false })).toEqual({ cleared: ['required'] });
  expect(broken('service_termination/F-Z03', { accountsClosed: ['card'], channelsClosed: ['app'], cleanup: [] })).toEqual({ cleanup: ['required'] });
  expect(broken('service_termination/F-Z04', { verified: false })).toEqual({ verified: ['required'] });
});

import type { JsonObject } from '../../engine/contract/json.ts';
import { startTestEngine, type TestEngine, type TestUserTask } from '../support/engine.ts';
import { CaseDriver } from './case-driver.ts';

export const REPORTED = '2026-11-23T10:00:00+08:00';
const IDENTIFIED = '2026-11-23T10:20:00+08:00';
const CONFIRMED = '2026-11-23T10:30:00+08:00';

/** What a member of staff reports (F-R01): a branch whose system is down. */
const report: JsonObject = {
  title: '城东支行核心系统中断',
  riskType: 'operational',
  riskSource: 'system_failure',
  occurredAt: '2026-11-23T09:40+08:00',
  place: 'branch_east',
  impactScope: 'branch',
  customersAffected: 300,
  lossEstimate: 0,
  ongoing: true,
  description: '九时四十分起城东支行柜面与自助设备均不能办理业务,客户排队等候。',
};
const identification: JsonObject = { falseAlarm: false, riskType: 'operational', riskSource: 'system_failure', stage: 'tech', ownerDept: 'it', methods: ['matrix'] };
const contained: JsonObject = { commander: 'majun', steps: [{ time: '2026-11-23T11:00+08:00', action: '切换到备用系统', by: '示例 · 马俊' }], status: 'controlled' };
const notice: JsonObject = { channels: ['sms'], text: '尊敬的客户,城东支行系统暂时中断,我们正在抢修,您可先到城西支行办理。', affectedGroup: 'branch', publishAt: '2026-11-23T11:00+08:00' };
const toRegulator: JsonObject = { regulator: '示例监管机构', reportText: '城东支行核心系统中断,正在处置,后续情况续报。', sentAt: '2026-11-23T11:00+08:00', receiptNo: 'R-1', file: 'files::1' };
export const twoItems: JsonObject[] = [
  { item: '核心系统双机切换演练', owner: 'zhaoyu', due: '2026-11-30', standard: '切换用时不超过五分钟' },
  { item: '补充柜面应急手册', owner: 'wanglei', due: '2026-12-04', standard: '全员学习并考核' },
];

/** The procedure with what it calls and starts, at the moment something is reported. */
export function startRiskEngine(): Promise<TestEngine> {
  return startTestEngine({ now: REPORTED, processes: ['risk_incident', 'rectification', 'emergency_drill'] });
}

/** One incident, worked by hand. */
export class Incident extends CaseDriver {
  static async report(engine: TestEngine, more: JsonObject = {}): Promise<Incident> {
    const { processInstanceKey } = await engine.createInstance('risk_incident', { ...report, ...more });
    return new Incident(engine, processInstanceKey);
  }

  /** As scenario 1 up to the emergency response: a major incident confirmed at 10:30. */
  static async major(engine: TestEngine): Promise<Incident> {
    const incident = await Incident.report(engine);
    await incident.assess({ likelihood: 4, impact: 4, needSuspend: true });
    await engine.advanceTo(CONFIRMED);
    await incident.complete('ut_confirm', { riskLevel: 'major' });
    return incident;
  }

  async assess(more: JsonObject): Promise<void> {
    await this.engine.advanceTo(IDENTIFIED);
    await this.complete('ut_identify', { ...identification, ...more });
  }

  contain(elementId: 'ut_contain' | 'ut_contain2' = 'ut_contain'): Promise<TestUserTask> {
    return this.complete(elementId, contained);
  }

  notify(): Promise<TestUserTask> {
    return this.complete('ut_notice', notice);
  }

  tellRegulator(): Promise<TestUserTask> {
    return this.complete('ut_regulator', toRegulator);
  }

  recover(recovered = true): Promise<TestUserTask> {
    return this.complete('ut_recover', { recovered, ...(recovered ? { recoveredAt: '2026-11-23T12:40+08:00', rtoMinutes: 180 } : {}), checks: ['data', 'service', 'safety'], note: '已逐项核对' });
  }

  async aftermath(more: JsonObject = {}): Promise<void> {
    await this.complete('ut_aftermath', { compensate: false, closureNote: '已逐户致电说明', ...more });
  }

  investigate(more: JsonObject = {}): Promise<TestUserTask> {
    return this.complete('ut_investigate', { rootCause: '主机磁盘故障,备机未按预期接管,切换脚本失效。', causeKind: 'system', violationSuspected: false, rectItems: twoItems, ...more });
  }

  /** Does every open rectification of this incident; resolves with their instances. */
  async rectify(): Promise<string[]> {
    await this.engine.settle();
    const open: string[] = await this.engine.db('app.rectification').where({ source_no: await this.no(), status: 'open' }).orderBy('rect_no').pluck('process_instance_key');
    for (const key of open) {
      const work = async (elementId: string, variables: JsonObject): Promise<void> => this.engine.completeUserTask((await this.engine.userTask(key, elementId)).key, variables);
      await work('ut_plan', { plan: '按标准完成整改并自查一遍', due: '2026-11-30' });
      await work('ut_do', { progress: 100, actionTaken: '已完成', finished: true });
      await work('ut_verify', { checks: ['target', 'root'], effect: 'good', accepted: true, note: '验证通过' });
    }
    return open;
  }

  async evaluate(effective: boolean): Promise<void> {
    await this.complete('ut_evaluate', { metricBefore: 60, metricAfter: 4, effective, comment: '切换用时明显缩短' });
  }

  async review(): Promise<void> {
    await this.complete('ut_review', { attendees: ['zhengjie', 'majun'], findings: '备机切换缺少定期演练。', improvements: [{ item: '每季演练', owner: 'majun', due: '2026-12-31' }], publishInside: false });
  }

  /** From aftermath to the closed file. */
  async finish({ reviewed }: { reviewed: boolean }): Promise<void> {
    await this.aftermath();
    await this.investigate();
    await this.rectify();
    await this.evaluate(true);
    if (reviewed) await this.review();
  }
}

/** A case of another procedure that waits at a site, as an appointment or application does, until the service there is suspended. */
export function waitingCase(processId: string, series: 'YY' | 'SQ', boundary: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d_${processId}" targetNamespace="http://guicheng.example/test">
  <bpmn:process id="${processId}" isExecutable="true">
    <bpmn:startEvent id="se"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:serviceTask id="st_register"><bpmn:extensionElements><zeebe:taskDefinition type="record.register" /><zeebe:taskHeaders><zeebe:header key="series" value="${series}" /></zeebe:taskHeaders></bpmn:extensionElements><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing></bpmn:serviceTask>
    <bpmn:userTask id="ut_serve"><bpmn:incoming>f2</bpmn:incoming><bpmn:outgoing>f3</bpmn:outgoing></bpmn:userTask>
    <bpmn:boundaryEvent id="${boundary}" attachedToRef="ut_serve"><bpmn:outgoing>f4</bpmn:outgoing><bpmn:messageEventDefinition id="md" messageRef="m_suspended" /></bpmn:boundaryEvent>
    <bpmn:userTask id="ut_reason"><bpmn:incoming>f4</bpmn:incoming><bpmn:outgoing>f5</bpmn:outgoing></bpmn:userTask>
    <bpmn:endEvent id="ee"><bpmn:incoming>f3</bpmn:incoming><bpmn:incoming>f5</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="se" targetRef="st_register" /><bpmn:sequenceFlow id="f2" sourceRef="st_register" targetRef="ut_serve" /><bpmn:sequenceFlow id="f3" sourceRef="ut_serve" targetRef="ee" />
    <bpmn:sequenceFlow id="f4" sourceRef="${boundary}" targetRef="ut_reason" /><bpmn:sequenceFlow id="f5" sourceRef="ut_reason" targetRef="ee" />
  </bpmn:process>
  <bpmn:message id="m_suspended" name="service_suspended"><bpmn:extensionElements><zeebe:subscription correlationKey="=caseNo" /></bpmn:extensionElements></bpmn:message>
</bpmn:definitions>`;
}

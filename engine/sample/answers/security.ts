import * as words from '../phrases/control.ts';
import { ago, inDays, inWorkTime, members, minuteIso, type Answer } from './context.ts';

const respond: Answer = (c) => {
  const falseAlarm = c.vars['type'] === 'abnormal' && c.dice.chance(0.25);
  return { falseAlarm, actions: [{ time: ago(c, 10), by: c.user.id, action: falseAlarm ? '核实为授权的批量作业，解除告警' : c.dice.write(words.securityActions) }], ...(falseAlarm ? {} : { accountsDisabled: [] }), recovered: falseAlarm || c.dice.chance(0.9) };
};

const trace: Answer = (c) => ({
  rootCause: c.dice.write('[权限回收不及时，离岗人员账号仍可登录|第三方组件版本过旧，未纳入补丁计划|共享目录继承了上级权限，无人复核|外包作业未启用脱敏]，监测规则没有覆盖该场景。'),
  kind: c.dice.weighted({ vuln: 30, misuse: 25, config: 25, attack: 12, third_party: 8 }),
  leak: c.vars['type'] === 'data_leak' && c.dice.chance(0.4),
  liable: false,
  fix: c.dice.write('[收回多余权限并按月复核|升级组件并纳入补丁计划|外包数据一律脱敏后下发|补充监测规则并回溯三个月日志]。'),
  rectItems: [{ item: c.dice.write('[账号权限按月复核|补丁管理台账|外包数据脱敏|共享目录权限清理]'), owner: c.dice.pick(members(c, 'tech_support')), due: inDays(c, c.dice.between(12, 28)), standard: c.dice.write('[抽查无例外|扫描无高危项]') }],
});

const plan: Answer = (c) => {
  const team = [...new Set([...members(c, 'emergency_team'), ...members(c, 'risk_mgmt')])];
  return { scenario: c.vars['scenario'] ?? c.dice.pick(['complaint_surge', 'outage', 'fraud', 'branch_crisis', 'leak']), type: c.dice.weighted({ desktop: 60, live: 40 }), date: inWorkTime(c, c.dice.between(20, 60) * 60), rtoTarget: c.dice.pick([30, 60, 120]), participants: team, observers: c.dice.some(team, Math.min(2, team.length)), objectives: c.dice.write(words.drillGoals), comms: ['internal', ...(c.dice.chance(0.4) ? ['external'] : [])] };
};

/** Security incidents and drills. */
export const securityAnswers: Readonly<Record<string, Answer>> = {
  'F-N02': respond,
  'F-N03': (c) => ({ affectedCount: c.dice.between(1, 200), text: '尊敬的客户，我行发现您的部分信息可能被不当获取，已采取保护措施。请注意防范诈骗，如有疑问请致电客服。', channels: ['sms', 'phone'], sentAt: minuteIso(c.now, c.zone) }),
  'F-N04': trace,
  'F-N05': ({ dice }) => ({ lessons: dice.write('[告警到响应用时偏长，值班交接需明确|权限管理要与人事变动联动|外包管理应纳入日常检查]。'), drills: dice.chance(0.2), publish: dice.chance(0.2) }),
  'F-E01': plan,
  'F-E02': (c) => ({ startedAt: ago(c, c.dice.between(70, 120)), endedAt: ago(c, c.dice.between(2, 20)), deviations: c.dice.write('[通讯录有两处号码过期|备机切换比目标慢五分钟|外部通报口径准备不足]。'), interrupted: false }),
  'F-E03': ({ dice }) => ({ checks: dice.some(['roles', 'speed', 'comm', 'resources', 'restore'], dice.between(3, 5)), score: dice.between(76, 97), issue: dice.write('[个别岗位职责不熟|记录不完整|]') }),
  'F-E04': (c) => ({ grade: c.dice.weighted({ excellent: 25, good: 55, pass: 20 }), findings: c.dice.write(words.reviewFindings), updatePlan: c.dice.chance(0.3), publish: c.dice.chance(0.4), rectItems: c.dice.chance(0.6) ? [{ item: '更新应急通讯录并每季核对', owner: c.dice.pick(members(c, 'emergency_team')), due: inDays(c, 20) }] : [] }),
  'F-E06': ({ dice }) => (dice.chance(0.9) ? { approved: true, comment: '同意，按方案组织' } : { approved: false, comment: '请补充外部沟通环节' }),
};

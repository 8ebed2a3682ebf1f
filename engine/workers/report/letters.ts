import type { JsonObject, JsonValue } from '../../contract/json.ts';

/** A letter the platform writes: title and paragraphs; a paragraph whose variable is missing is left out. */
interface Letter {
  title: string;
  paragraphs: readonly string[];
}

const letters: Readonly<Record<string, Letter>> = {
  complaint_result_letter: {
    title: '投诉处理答复函',
    paragraphs: ['{{complainantName}}：', '您于 {{receivedAt}} 提出的投诉（编号 {{caseNo}}）已处理完毕，现答复如下。', '一、原因与处理说明', '{{explanation}}', '二、预期效果', '{{expectedEffect}}', '三、补偿', '{{compensationKind}} {{compensationAmount}}', '如您对处理结果不满意，可直接答复本函所附调查，我们将重新处理。'],
  },
  violation_decision_letter: {
    title: '服务违规处理决定书',
    paragraphs: ['案件编号：{{caseNo}}', '一、认定事实', '{{facts}}', '二、认定说明', '{{determineNote}}', '三、陈述申辩', '{{statementText}}', '四、处理决定', '{{decisionText}}', '如对本决定有异议，可在 {{dueAppeal}} 前提出申诉。'],
  },
  violation_transfer_letter: {
    title: '涉嫌犯罪线索移送函',
    paragraphs: ['{{authority}}：', '现将案件 {{caseNo}} 的线索及材料移送贵单位处理。', '一、基本事实', '{{facts}}', '二、适用规定', '{{standardsText}}', '三、证据目录', '{{evidenceText}}', '四、移送材料', '{{docsText}}', '移送时间：{{sentAt}}'],
  },
  customer_data_export: {
    title: '客户个人信息副本',
    paragraphs: ['依您的申请（编号 {{caseNo}}）提供，截至本函日期本机构保存的信息如下。', '一、基本信息', '客户号 {{exportCustomerNo}}；姓名 {{exportName}}；证件 {{exportIdentity}}', '联系方式：{{exportContact}}', '客户类别、等级与标签：{{exportProfile}}', '二、办理记录', '投诉：{{exportComplaints}}', '预约：{{exportAppointments}}', '申请：{{exportApplications}}', '合同：{{exportContracts}}', '三、沟通记录', '{{exportInteractions}}', '依规须保存的档案自销户之日起保存五年，期满销毁。'],
  },
  complaint_final_letter: {
    title: '投诉终裁函',
    paragraphs: ['{{complainantName}}：', '投诉处理委员会对您的投诉（编号 {{caseNo}}）作出终裁。', '一、裁定说明', '{{rulingText}}', '二、后续救济途径', '{{furtherRights}}'],
  },
  drill_report: {
    title: '应急演练总结报告',
    paragraphs: [
      '演练 {{caseNo}}，场景 {{scenarioText}}，于 {{startedAt}} 至 {{endedAt}} 进行。',
      '一、目标与组织', '{{objectives}}', '{{rtoText}}',
      '二、观察记录', '{{observationText}}', '{{deviations}}',
      '三、评估', '得分 {{finalScore}}，等级 {{gradeText}}。', '{{findings}}',
      '四、整改与改进', '{{rectText}}',
    ],
  },
  inspection_report: {
    title: '服务监督检查反馈书',
    paragraphs: [
      '检查 {{caseNo}}，类型 {{typeText}}，依据 {{basis}}。',
      '一、检查情况', '抽查 {{checkedCount}} 项，不合格 {{failedCount}} 项。', '{{totalsText}}',
      '二、问题、原因、建议与责任', '{{text}}', '{{issuesText}}',
      '三、整改与复查', '请于 {{reviewDate}} 前完成整改，届时复查。',
    ],
  },
  training_report: {
    title: '培训总结报告',
    paragraphs: [
      '培训 {{caseNo}}，主题 {{topicText}}，于 {{sessionAt}} 进行，讲师 {{teacher}}，学时 {{hours}}。',
      '一、覆盖情况', '覆盖率 {{coverageText}}。',
      '二、考核情况', '合格率 {{passText}}。', '{{resultText}}',
    ],
  },
  risk_report: {
    title: '风险事件报告',
    paragraphs: [
      '事件 {{title}}（编号 {{caseNo}}），发生于 {{occurredAt}}，地点 {{place}}。',
      '一、风险识别与定级', '风险等级 {{levelText}}，评分 {{score}}；受影响客户 {{customersAffected}} 人，预计损失 {{lossEstimate}} 元。', '{{description}}',
      '二、处置措施与应急响应', '{{measuresText}}', '恢复时间 {{recoveredAt}}，用时 {{rtoMinutes}} 分钟。', '{{actionTaken}}', '{{closureNote}}',
      '三、整改情况', '{{rectText}}', '{{evaluationText}}',
      '四、分析与建议', '{{rootCause}}', '实际损失 {{lossActual}} 元。', '{{reviewFindings}}', '{{improvementsText}}',
    ],
  },
};

const words: Readonly<Record<string, string>> = { cash: '现金', fee_waiver: '费用减免', points: '积分', discount: '优惠', apology: '书面致歉' };

/**
 * Writes a letter as a complete HTML page; all values are escaped.
 * @throws when there is no such letter
 */
export function renderLetter(template: string, data: JsonObject, date: string): string {
  const letter = letters[template];
  if (letter === undefined) throw new Error(`there is no letter "${template}"`);
  const body = letter.paragraphs.map((text) => fill(text, data)).filter((text): text is string => text !== null).map((text) => `<p>${escape(text).replaceAll('\n', '<br>')}</p>`);
  return `<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>${escape(letter.title)}</title><style>body{font:16px/1.8 "Noto Serif SC","Songti SC",serif;max-width:42em;margin:4em auto;padding:0 2em}h1{text-align:center;font-size:22px}.date{text-align:right}</style></head>\n<body><h1>${escape(letter.title)}</h1>\n${body.join('\n')}\n<p class="date">${escape(date)}</p></body></html>\n`;
}

/** Null when the paragraph names only variables that are missing. */
function fill(text: string, data: JsonObject): string | null {
  const names = [...text.matchAll(/\{\{(\w+)\}\}/g)].map((found) => found[1]!);
  if (names.length > 0 && names.every((name) => data[name] === undefined || data[name] === null)) return null;
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => show(data[name])).trim();
}

function show(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return words[value] ?? value.replace(/^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}).*$/, '$1 $2');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

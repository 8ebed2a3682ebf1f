import type { BilingualText } from '../../contract/api.ts';
import type { FormComponent } from '../../contract/forms/index.ts';
import type { Purpose } from './purposes.ts';
import { agree, text } from './words.ts';

const reason = (label: BilingualText): FormComponent => ({ type: 'textarea', id: 'Public_reason', key: 'reasonText', label: label.zh, properties: { labelEn: label.en }, validate: { maxLength: 500 } });
const moment = (key: string, label: BilingualText, more: Record<string, string> = {}): FormComponent => ({ type: 'datetime', id: `Public_${key}`, key, subtype: 'datetime', dateLabel: label.zh, timeLabel: '时间', use24h: true, timeInterval: 15, timeSerializingFormat: 'utc_offset', validate: { required: true }, properties: { labelEn: label.en, timeLabelEn: 'Time', ...more } });

/** Links by the message they publish, or by procedure and message where a procedure means its own by it: those of appointments, applications and their changes (S4 2.1, 2.5), and of a person heard in a case about themself. */
export const serviceLinks: Readonly<Record<string, Purpose>> = {
  change_accepted: {
    kind: 'confirmation',
    title: text('接受新的时间', 'Accept the new date'),
    intro: text('您的服务原定 {{oldDate}}，新的时间是 {{newDate}}。', 'Your service was to be at {{oldDate}}; the new date is {{newDate}}.'),
    facts: ['oldDate', 'newDate'],
    submit: text('接受新的时间', 'Accept the new date'),
    thanks: { title: text('已按新的时间安排', 'The new date is set'), text: text('我们会按新的时间为您服务，可以关闭此页面。', 'We look forward to seeing you then. You can close this page.') },
    components: [agree(text('我接受新的时间', 'I accept the new date'))],
    variables: () => ({}),
  },
  change_rejected: {
    kind: 'withdrawal',
    title: text('不接受新的时间', 'Decline the new date'),
    intro: text('您的服务原定 {{oldDate}}，新的时间是 {{newDate}}。如不接受，服务将取消，应有的补偿会为您登记。', 'Your service was to be at {{oldDate}}; the new date is {{newDate}}. If you decline, the service is cancelled and any compensation due to you is registered.'),
    facts: ['oldDate', 'newDate'],
    submit: text('不接受并取消', 'Decline and cancel'),
    thanks: { title: text('服务已取消', 'The service is cancelled'), text: text('我们已收到您的选择，可以关闭此页面。', 'We have received your choice. You can close this page.') },
    components: [agree(text('我不接受新的时间，取消这项服务', 'I decline the new date and cancel the service'))],
    variables: () => ({}),
  },
  appointment_confirmed: {
    kind: 'confirmation',
    title: text('确认预约', 'Confirm your appointment'),
    intro: text('您的预约 {{no}}，时间 {{slot.start}}。', 'Your appointment {{no}} at {{slot.start}}.'),
    facts: ['slot.start'],
    submit: text('确认预约', 'Confirm'),
    thanks: { title: text('预约已确认', 'Your appointment is confirmed'), text: text('请携带有效证件按时到达，可以关闭此页面。', 'Please be on time and bring a valid ID. You can close this page.') },
    components: [agree(text('我会按时赴约', 'I will be there'))],
    variables: () => ({}),
  },
  appointment_change_requested: {
    kind: 'supplement',
    title: text('更改预约时间', 'Change your appointment'),
    intro: text('您的预约 {{no}}，时间 {{slot.start}}。请告诉我们您希望改到什么时间，我们会与您确认。', 'Your appointment {{no}} at {{slot.start}}. Tell us when you would like to come instead; we will confirm it with you.'),
    facts: ['slot.start'],
    submit: text('申请改期', 'Ask for another time'),
    thanks: { title: text('已收到您的改期申请', 'We have received your request'), text: text('我们会尽快给出新的安排，可以关闭此页面。', 'We will come back to you soon with a new time. You can close this page.') },
    components: [moment('newFrom', text('希望最早', 'Not before'), { minDate: 'now' }), moment('newTo', text('希望最晚', 'Not after'), { minDate: 'now', rule: 'newFrom = null or newTo = null or date and time(newTo) > date and time(newFrom)', ruleMessage: '须晚于最早时间', ruleMessageEn: 'It must be later than the earliest time' }), reason(text('改期原因（选填）', 'Reason (optional)'))],
    variables: (answer) => ({ newFrom: answer['newFrom'] ?? null, newTo: answer['newTo'] ?? null, newDate: answer['newFrom'] ?? null, reasonText: answer['reasonText'] ?? null }),
  },
  appointment_cancel_requested: {
    kind: 'withdrawal',
    title: text('取消预约', 'Cancel your appointment'),
    intro: text('您正在取消预约 {{no}}，时间 {{slot.start}}。开始前 2 小时以上取消不收费用。', 'You are about to cancel appointment {{no}} at {{slot.start}}. Cancelling more than two hours before is free.'),
    facts: ['slot.start'],
    submit: text('取消预约', 'Cancel appointment'),
    thanks: { title: text('已收到您的取消申请', 'We have received your cancellation'), text: text('处理结果会以消息告知您，可以关闭此页面。', 'We will tell you the outcome by message. You can close this page.') },
    components: [agree(text('我要取消这次预约', 'I want to cancel this appointment')), reason(text('取消原因（选填）', 'Reason (optional)'))],
    variables: (answer) => ({ reasonText: answer['reasonText'] ?? null }),
  },
  application_cancel_requested: {
    kind: 'withdrawal',
    title: text('撤回申请', 'Withdraw your application'),
    intro: text('您正在撤回申请 {{no}}。', 'You are about to withdraw application {{no}}.'),
    submit: text('撤回申请', 'Withdraw'),
    thanks: { title: text('已收到您的撤回申请', 'We have received your withdrawal'), text: text('处理结果会以消息告知您，可以关闭此页面。', 'We will tell you the outcome by message. You can close this page.') },
    components: [agree(text('我自愿撤回这项申请', 'I withdraw this application of my own free will')), reason(text('撤回原因（选填）', 'Reason (optional)'))],
    variables: (answer) => ({ reasonText: answer['reasonText'] ?? null }),
  },
  'service_termination:application_cancel_requested': {
    kind: 'withdrawal',
    title: text('撤回终止申请', 'Stay with us'),
    intro: text('您正在撤回终止服务的申请 {{no}}。撤回后，您的账户和服务照常使用。', 'You are about to withdraw your request {{no}} to end the service. Your accounts and services then go on as before.'),
    submit: text('撤回并继续使用', 'Withdraw and stay'),
    thanks: { title: text('已撤回终止申请', 'Your request is withdrawn'), text: text('您的账户和服务照常使用，感谢您的信任。可以关闭此页面。', 'Your accounts and services go on as before. Thank you for your trust; you can close this page.') },
    components: [agree(text('我自愿撤回终止申请，继续使用服务', 'I withdraw my request of my own free will and stay')), reason(text('撤回原因（选填）', 'Reason (optional)'))],
    variables: (answer) => ({ withdrawReason: answer['reasonText'] ?? null }),
  },
  application_delay_requested: {
    kind: 'supplement',
    title: text('申请延期办理', 'Ask for a later date'),
    intro: text('请告诉我们，申请 {{no}} 您希望何时办理。', 'Tell us when you would like application {{no}} to be carried out.'),
    submit: text('申请延期', 'Ask for a later date'),
    thanks: { title: text('已收到您的延期申请', 'We have received your request'), text: text('我们会与您确认，可以关闭此页面。', 'We will confirm it with you. You can close this page.') },
    components: [moment('newDate', text('希望办理时间', 'Preferred date'), { minDate: 'now' }), reason(text('延期原因（选填）', 'Reason (optional)'))],
    variables: (answer) => ({ newDate: answer['newDate'] ?? null, reasonText: answer['reasonText'] ?? null }),
  },
  violation_statement_given: {
    kind: 'supplement',
    title: text('陈述申辩', 'Your statement'),
    intro: text('案件 {{no}} 正在调查，请在 {{dueStatement}} 前陈述事实和理由。提交后不能修改。', 'Case {{no}} is being looked into. Please give your account by {{dueStatement}}. It cannot be changed afterwards.'),
    facts: ['dueStatement'],
    submit: text('提交陈述申辩', 'Send my statement'),
    thanks: { title: text('已收到您的陈述申辩', 'We have received your statement'), text: text('您的陈述已记入案件，可以关闭此页面。', 'It is now part of the case. You can close this page.') },
    components: [
      { type: 'radio', id: 'Public_agree', key: 'agree', label: '是否认可', properties: { labelEn: 'Do you admit it?', optionsEn: '{"agree":"I admit it","partly":"In part","deny":"I deny it"}' }, values: [{ label: '承认', value: 'agree' }, { label: '部分承认', value: 'partly' }, { label: '否认', value: 'deny' }], validate: { required: true } },
      { type: 'textarea', id: 'Public_statement', key: 'statement', label: '陈述申辩', properties: { labelEn: 'Statement' }, validate: { required: true, minLength: 10, maxLength: 4000 } },
      { type: 'textarea', id: 'Public_mitigation', key: 'mitigation', label: '从轻情节（选填）', properties: { labelEn: 'Mitigating circumstances (optional)' }, validate: { maxLength: 2000 } },
      { type: 'checkbox', id: 'Public_signed', key: 'signed', label: '以上为本人陈述，属实', properties: { labelEn: 'This is my own statement and it is true' }, validate: { required: true } },
    ],
    variables: (answer) => ({ agree: answer['agree'] ?? null, statement: answer['statement'] ?? null, mitigation: answer['mitigation'] ?? null, signed: answer['signed'] === true }),
  },
  violation_appeal_filed: {
    kind: 'supplement',
    title: text('提出申诉', 'File an appeal'),
    intro: text('如您对案件 {{no}} 的处理决定有异议，请写明申诉理由。申诉由未参与原决定的人员复核。', 'If you disagree with the decision in case {{no}}, state your grounds. People who had no part in the decision review it.'),
    submit: text('提交申诉', 'File the appeal'),
    thanks: { title: text('已收到您的申诉', 'We have received your appeal'), text: text('复核结果会书面告知您，可以关闭此页面。', 'You will be told the result in writing. You can close this page.') },
    components: [{ type: 'textarea', id: 'Public_grounds', key: 'appealGrounds', label: '申诉理由', properties: { labelEn: 'Grounds' }, validate: { required: true, minLength: 10, maxLength: 4000 } }],
    variables: (answer) => ({ appealGrounds: answer['appealGrounds'] ?? null }),
  },
};

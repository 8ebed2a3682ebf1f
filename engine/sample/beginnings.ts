import { complaintTopics } from './phrases/complaints.ts';
import { consultationTopics } from './phrases/consultations.ts';
import * as control from './phrases/control.ts';
import * as service from './phrases/service.ts';
import { ago, frontline, minuteIso, say, sites, type AnswerContext, type Values } from './answers/context.ts';
import { materialsOf } from './answers/service.ts';
import type { SampleCustomer } from './customers.ts';

/** A case about to begin. */
export interface Beginning {
  processId: string;
  /** Start form the values are for; null for a procedure that is not started by a form. */
  formId: string | null;
  /** Start message it comes by, when the customer (or a system) brings it in without staff. */
  message?: string;
  values: Values;
}

export type Kind = 'complaint' | 'appointment' | 'application' | 'consultation' | 'feedback' | 'termination' | 'risk' | 'violation' | 'security' | 'improvement' | 'training' | 'inspection' | 'drill';

/** How many of a hundred cases are of a kind. */
export const shares: Readonly<Record<Kind, number>> = { consultation: 52, appointment: 13, complaint: 11, application: 10, feedback: 8, termination: 1.3, risk: 1.4, violation: 1.1, security: 0.6, improvement: 0.7, training: 0.6, inspection: 0.3, drill: 0.2 };

/** Groups whose members bring in cases of a kind. */
export const startedBy: Readonly<Record<Kind, string>> = { complaint: 'cs_frontdesk', appointment: 'cs_frontdesk', application: 'account_manager', consultation: 'cs_frontdesk', feedback: 'cs_frontdesk', termination: 'counter_staff', risk: 'counter_staff', violation: 'service_supervision', security: 'security_dept', improvement: 'cs_supervisor', training: 'training_admin', inspection: 'service_supervision', drill: 'emergency_team' };

const ownChannels = ['app', 'mobile_bank', 'web', 'official_account', 'online_chat'];

export type Opening = Omit<AnswerContext, 'vars' | 'task' | 'user'> & { customer: SampleCustomer; userId: string };

export const beginnings: Readonly<Record<Kind, (c: Opening) => Beginning | Promise<Beginning>>> = {
  complaint(c) {
    const { dice, customer } = c;
    const topic = weightedTopic(c, complaintTopics);
    const own = dice.chance(0.4);
    const source = dice.weighted({ external: 90, internal: 3, regulator: 5, media: 2 });
    const amount = topic.amount === undefined ? 0 : Math.round(dice.between(topic.amount[0], topic.amount[1]) / 10) * 10 || topic.amount[0];
    const content = say(c, topic.content, amount > 0 ? { amount } : {}).slice(0, 3900);
    c.topics.set(content, topic);
    return {
      processId: 'complaint_handling',
      formId: 'F-C01',
      ...(own ? { message: 'complaint_received' } : {}),
      values: {
        source: own ? 'external' : source,
        channel: own ? dice.pick(ownChannels) : dice.weighted({ phone: 30, call_center: 34, branch: 24, email: 6, comment_book: 4, social_media: 2 }),
        complainantName: customer.name, isAgent: false, customerNo: customer.no, phone: customer.phone, email: customer.email, preferredChannel: customer.preferred,
        business: topic.business,
        businessRef: `YW${dice.between(10_000_000, 99_999_999)}`,
        ...(dice.chance(0.6) ? { site: dice.pick(sites).id } : {}),
        amountInvolved: amount,
        occurredAt: ago(c, dice.between(1, 9) * 1440 - dice.between(0, 600)),
        content,
        demand: say(c, topic.demand, { amount }),
        consent: true,
      },
    };
  },

  appointment(c) {
    const { dice, customer } = c;
    const business = dice.weighted({ account: 20, deposit_payment: 18, wealth: 22, credit: 14, insurance: 6, fund_securities: 6, cross_border: 5, digital: 5, card: 4 });
    const mode = dice.weighted({ branch: 78, phone: 12, video: 10 });
    const from = Math.ceil(c.hours.after(c.now, dice.between(7, 50) * 60) / 1_800_000) * 1_800_000;
    return {
      processId: 'service_appointment',
      formId: 'F-A01',
      ...(dice.chance(0.55) ? { message: 'appointment_requested' } : {}),
      values: {
        channel: dice.pick(['app', 'mobile_bank', 'phone', 'call_center', 'official_account', 'branch']), mode, ...(mode === 'branch' ? { site: dice.pick(sites).id } : {}),
        customerNo: customer.no, customerName: customer.name, phone: customer.phone, email: customer.email, customerType: customer.type, ...(customer.company === null ? {} : { companyName: customer.company }),
        serviceClass: serviceClassOf(business), business, content: say(c, service.wishes[business]!, { amount: dice.between(2, 90) * 10_000 }), amount: dice.chance(0.5) ? dice.between(2, 90) * 10_000 : 0,
        preferredFrom: minuteIso(from, c.zone), preferredTo: minuteIso(from + dice.between(2, 5) * 3_600_000, c.zone), needInterpreter: customer.type === 'cross_border' && dice.chance(0.5), needAssist: dice.chance(0.04), consent: true,
      },
    };
  },

  async application(c) {
    const { dice, customer } = c;
    const { product, business } = dice.pick<{ product: string; business: string }>(customer.type === 'corporate' ? corporateProducts : products);
    const needed = materialsOf[business] ?? ['id', 'license'];
    const tolerance = ({ wealth_growth: 'R5', fund_mixed: 'R4', wealth_balanced: 'R3' } as Record<string, string>)[product] ?? 'R2';
    const amount = business === 'credit' ? dice.between(3, product === 'loan_business' ? 300 : 60) * 10_000 : dice.between(1, 60) * 5000;
    const own = dice.chance(0.45);
    return {
      processId: 'service_application',
      formId: 'F-P01',
      ...(own ? { message: 'application_submitted' } : {}),
      values: {
        channel: own ? 'app' : 'branch',
        customerNo: customer.no, customerName: customer.name, phone: customer.phone, email: customer.email, customerType: customer.type, ...(customer.company === null ? {} : { companyName: customer.company }),
        site: dice.pick(sites).id, serviceClass: serviceClassOf(business), business, product,
        ...(['credit', 'wealth', 'fund_securities'].includes(business) ? { amount } : {}),
        term: dice.pick([6, 12, 24, 36]), purpose: say(c, service.purposes[business] ?? '[日常使用|家庭需要]，按规定办理'),
        ...(['wealth', 'fund_securities', 'insurance'].includes(business) ? { riskTolerance: dice.chance(0.86) ? tolerance : 'R1', investPreference: dice.write('[稳健为主|兼顾收益与流动性|偏好一年以内]') } : {}),
        ...(business === 'wealth' ? { fundSource: dice.pick(['salary', 'business', 'savings']) } : {}),
        ...(business === 'credit' ? { income: dice.between(6, 60) * 1000, guarantee: dice.pick(['credit', 'mortgage', 'guarantor']) } : {}),
        materials: await c.attach('申请材料（示例）.pdf'),
        materialKinds: dice.chance(0.82) ? needed : needed.filter((kind) => kind === 'id'),
        ack: ['process', 'rights', 'channel'],
      },
    };
  },

  consultation(c) {
    const asked = weightedTopic(c, consultationTopics);
    return { processId: 'service_consultation', formId: 'F-K01', values: { channel: c.dice.weighted({ phone: 38, call_center: 28, online_chat: 18, branch: 10, app: 6 }), category: asked.category, question: say(c, asked.question), customerNo: c.customer.no, phone: c.customer.phone } };
  },

  feedback(c) {
    const { dice, customer } = c;
    const kind = dice.weighted({ suggestion: 46, praise: 32, consult: 14, complaint: 8 });
    const anonymous = kind !== 'complaint' && dice.chance(0.15);
    const words = { suggestion: service.suggestions, praise: service.praises, consult: service.questions, complaint: service.vague }[kind];
    const own = dice.chance(0.6);
    return {
      processId: 'customer_feedback',
      formId: 'F-O01',
      ...(own ? { message: 'feedback_received' } : {}),
      values: { channel: own ? dice.pick(ownChannels) : dice.pick(['phone', 'branch', 'comment_book', 'call_center']), kind, content: say(c, words), anonymous, ...(anonymous ? {} : { customerNo: customer.no, phone: customer.phone }) },
    };
  },

  termination(c) {
    const { dice, customer } = c;
    return { processId: 'service_termination', formId: 'F-Z01', values: { customerNo: customer.no, customerName: customer.name, phone: customer.phone, email: customer.email, customerType: customer.type, ...(customer.company === null ? {} : { companyName: customer.company }), reason: dice.weighted({ no_need: 45, moved: 30, unsatisfied: 15, other: 10 }), reasonText: dice.write(service.terminationReasons), settleTo: `6222****${dice.between(1000, 9999)}`, dataRequest: dice.chance(0.3) ? 'export' : 'none', consent: true } };
  },

  risk(c) {
    const { dice } = c;
    const risk = dice.pick(control.risks);
    const site = dice.pick(sites);
    const watched = risk.stage === 'tech' && dice.chance(0.5);
    const description = say(c, risk.text, { site: site.name, amount: dice.between(2, 90) * 100 });
    return { processId: 'risk_incident', formId: 'F-R01', ...(watched ? { message: 'risk_event_detected' } : {}), values: { title: say(c, risk.title, { site: site.name }), riskType: risk.type, riskSource: risk.source, occurredAt: ago(c, dice.between(10, 90)), place: site.id, impactScope: risk.scope, customersAffected: dice.between(risk.customers[0], risk.customers[1]), lossEstimate: dice.chance(0.3) ? dice.between(1, 90) * 1000 : 0, ongoing: risk.stage === 'tech' && dice.chance(0.6), description: description.length < 20 ? `${description}详情待查。` : description } };
  },

  violation(c) {
    const { dice } = c;
    const violation = dice.pick(control.violations);
    const subject = dice.pick(c.users().filter((user) => user.id !== c.userId && ['cs_frontdesk', 'counter_staff', 'account_manager', 'wealth_advisor', 'remote_agent'].some((group) => user.groups.includes(group))));
    const anonymous = dice.chance(0.35);
    return { processId: 'violation_accountability', formId: 'F-V01', values: { anonymous, ...(anonymous ? {} : { reporterName: c.customer.name, reporterContact: c.customer.phone }), sourceKind: dice.weighted({ supervision: 45, hotline: 30, complaint: 15, risk: 10 }), subjectName: subject.name, subjectDept: subject.groups[0]!, violationType: violation.type, happenedAt: ago(c, dice.between(1, 12) * 1440), place: dice.pick(sites).name, customersAffected: dice.between(0, 6), description: say(c, violation.text), loss: 0 } };
  },

  security(c) {
    const event = c.dice.pick(control.securityEvents);
    return { processId: 'security_incident', formId: 'F-N01', values: { type: event.type, system: event.system, detectedAt: ago(c, c.dice.between(5, 60)), dataClasses: [...event.classes], recordsAffected: event.type === 'data_leak' ? c.dice.between(3, 300) : c.dice.between(0, 20), description: say(c, event.text), contained: c.dice.chance(0.4) } };
  },

  improvement(c) {
    return { processId: 'service_improvement', formId: 'F-H01', values: { source: c.dice.pick(['complaint', 'survey', 'audit', 'idea']), title: c.dice.write('[缩短高峰时段等候时间|优化贷款材料一次性告知|提升热线一次解决率|完善老年客户服务流程|统一收费答复口径]'), background: c.dice.write('[近两个月相关投诉占比上升|满意度调查中该项得分偏低|检查发现各网点做法不一致]，[客户多次提出改进意见|已影响办理效率]，建议专项改进。'), metricName: c.dice.pick(['complaint_closed_in_target', 'complaint_satisfaction', 'complaint_registered_in_24h']), metricNow: c.dice.between(70, 93) } };
  },

  training(c) {
    const { dice } = c;
    const topic = dice.pick(Object.keys(control.trainingTopics) as (keyof typeof control.trainingTopics)[]);
    return { processId: 'staff_training', formId: 'F-M05', values: { topic, trainees: dice.some(frontline(c), Math.min(dice.between(3, 6), frontline(c).length)), reason: dice.write(control.trainingReasons[topic]) } };
  },

  inspection(c) {
    return { processId: 'supervision_inspection', formId: 'F-G07', values: { type: c.dice.weighted({ recording: 30, random: 30, special: 20, mystery: 12, channel: 8 }), basis: c.dice.write('[近期同类投诉集中|上季度检查问题回头看|领导交办|神秘人暗访计划]，[抽查规范执行情况|核实整改是否到位]。') } };
  },

  drill(c) {
    return { processId: 'emergency_drill', formId: null, values: { scenario: c.dice.pick(['complaint_surge', 'outage', 'fraud', 'branch_crisis', 'leak']) } };
  },
};

const products = [
  { product: 'wealth_stable', business: 'wealth' }, { product: 'wealth_balanced', business: 'wealth' }, { product: 'wealth_growth', business: 'wealth' }, { product: 'fund_mixed', business: 'fund_securities' },
  { product: 'loan_personal', business: 'credit' }, { product: 'loan_personal', business: 'credit' }, { product: 'card_standard', business: 'card' }, { product: 'card_standard', business: 'card' },
  { product: 'deposit_term', business: 'deposit_payment' }, { product: 'insurance_pension', business: 'insurance' },
] as const;
const corporateProducts = [{ product: 'loan_business', business: 'credit' }, { product: 'wealth_stable', business: 'wealth' }, { product: 'deposit_term', business: 'deposit_payment' }] as const;

const serviceClassOf = (business: string): string => ({ account: 'basic', deposit_payment: 'basic', card: 'basic', digital: 'digital', cross_border: 'special', insurance: 'value_added' })[business] ?? 'comprehensive';

function weightedTopic<Topic extends { weight: number }>({ dice }: Opening, topics: readonly Topic[]): Topic {
  let left = dice.next() * topics.reduce((sum, topic) => sum + topic.weight, 0);
  return topics.find((topic) => (left -= topic.weight) < 0) ?? topics[0]!;
}

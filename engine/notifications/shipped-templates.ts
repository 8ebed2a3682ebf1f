/** A message in plain language, in both languages; `{{name}}` is replaced by the parameter of that name. */
export interface NotificationTemplate {
  id: string;
  subjectZh: string;
  bodyZh: string;
  subjectEn: string;
  bodyEn: string;
}

const template = (id: string, subjectZh: string, bodyZh: string, subjectEn: string, bodyEn: string): NotificationTemplate => ({ id, subjectZh, bodyZh, subjectEn, bodyEn });

/** What a fresh system ships; administrators edit the stored copies. */
export const shippedTemplates: readonly NotificationTemplate[] = [
  template('complaint_ack', '已受理您的投诉 {{caseNo}}', '{{complainantName}},您好:\n我们已受理您的投诉,编号 {{caseNo}}。我们会尽快核实,预计最晚在 {{promisedOverall}} 前办结,期间会主动告知进展。\n如需撤回投诉,请打开:{{link}}', 'Your complaint {{caseNo}} is accepted', 'Dear {{complainantName}},\nwe have accepted your complaint, number {{caseNo}}. We are looking into it and expect to finish by {{promisedOverall}} at the latest; we will keep you informed.\nTo withdraw the complaint, open: {{link}}'),
  template('complaint_merged', '您的投诉已与 {{mergeInto}} 合并处理', '{{complainantName}},您好:\n您此次反映的问题与投诉 {{mergeInto}} 相同,已合并处理,请以该编号查询进展。', 'Your complaint is joined with {{mergeInto}}', 'Dear {{complainantName}},\nwhat you report is the same matter as complaint {{mergeInto}}; both are handled together under that number.'),
  template('complaint_rejected', '关于您反映的事项 {{caseNo}}', '{{complainantName}},您好:\n您反映的事项(编号 {{caseNo}})未能作为投诉受理,原因:{{rejectReason}}\n如有疑问,请与我们联系。', 'About the matter {{caseNo}} you raised', 'Dear {{complainantName}},\nthe matter you raised (number {{caseNo}}) could not be taken on as a complaint. Reason: {{rejectReason}}\nPlease contact us with any question.'),
  template('complaint_interim', '您的投诉 {{caseNo}} 处理进展', '{{complainantName}},您好:\n您的投诉 {{caseNo}} 正在核实中。我们最晚在 {{dueOverall}} 前给您最终答复。', 'Progress on your complaint {{caseNo}}', 'Dear {{complainantName}},\nwe are still looking into your complaint {{caseNo}}. You will have our final answer by {{dueOverall}} at the latest.'),
  template('complaint_extension', '您的投诉 {{caseNo}} 需要更多时间', '{{complainantName}},您好:\n您的投诉 {{caseNo}} 情况较复杂,需要延长 {{approvedDays}} 个工作日,最晚在 {{dueOverall}} 前办结。给您带来不便,敬请谅解。', 'Your complaint {{caseNo}} needs more time', 'Dear {{complainantName}},\nyour complaint {{caseNo}} is complex and needs {{approvedDays}} more working days; it will be finished by {{dueOverall}}. We apologize for the delay.'),
  template('complaint_findings', '您的投诉 {{caseNo}} 已完成调查', '{{complainantName}},您好:\n您的投诉 {{caseNo}} 已完成调查核实,我们正在制定处理方案,随后告知您结果。', 'Your complaint {{caseNo}} has been investigated', 'Dear {{complainantName}},\nwe have finished looking into your complaint {{caseNo}} and are now deciding what to do; you will hear from us next.'),
  template('complaint_result', '您的投诉 {{caseNo}} 处理结果', '{{complainantName}},您好:\n您的投诉 {{caseNo}} 处理结果如下:\n{{explanation}}\n答复函编号:{{letterNo}}', 'Outcome of your complaint {{caseNo}}', 'Dear {{complainantName}},\nthis is the outcome of your complaint {{caseNo}}:\n{{explanation}}\nLetter number: {{letterNo}}'),
  template('complaint_final', '您的投诉 {{caseNo}} 终裁结果', '{{complainantName}},您好:\n投诉处理委员会对您的投诉 {{caseNo}} 作出终裁:\n{{rulingText}}\n其他途径:{{furtherRights}}', 'Final ruling on your complaint {{caseNo}}', 'Dear {{complainantName}},\nthe complaint committee has ruled on your complaint {{caseNo}}:\n{{rulingText}}\nOther remedies: {{furtherRights}}'),
  template('complaint_withdrawn', '您的投诉 {{caseNo}} 已撤回', '{{complainantName}},您好:\n按您的意愿,投诉 {{caseNo}} 已撤回。', 'Your complaint {{caseNo}} is withdrawn', 'Dear {{complainantName}},\nas you wished, complaint {{caseNo}} is withdrawn.'),
  template('complaint_satisfaction', '请评价投诉 {{caseNo}} 的处理', '{{complainantName}},您好:\n请用一分钟评价我们对投诉 {{caseNo}} 的处理:{{link}}', 'How did we handle complaint {{caseNo}}?', 'Dear {{complainantName}},\nplease take a minute to rate how we handled complaint {{caseNo}}: {{link}}'),
  template('identity_otp', '验证码', '您的验证码是 {{code}},10 分钟内有效。工作人员不会向您索要验证码以外的密码。', 'Your code', 'Your code is {{code}}, valid for 10 minutes.'),
  template('feedback_answer', '感谢您的反馈 {{caseNo}}', '您好:\n感谢您的反馈(编号 {{caseNo}})。{{summary}}', 'Thank you for your feedback {{caseNo}}', 'Hello,\nthank you for your feedback (number {{caseNo}}). {{summary}}'),
  template('change_notice_delay', '您的服务 {{targetNo}} 需要改期', '您好:\n您的服务(编号 {{targetNo}})需要改期。\n原因:{{reasonText}}\n原定时间:{{oldDate}}\n新的时间:{{newDate}}\n措施:{{measures}}\n费用:{{feeText}};补偿:{{compensationText}}\n接受新的时间,请打开:{{linkAccept}}\n不接受并取消,请打开:{{linkReject}}\n如未答复,我们会电话联系您。', 'Your service {{targetNo}} has to move', 'Hello,\nyour service (number {{targetNo}}) has to move.\nReason: {{reasonText}}\nOld date: {{oldDate}}\nNew date: {{newDate}}\nMeasures: {{measures}}\nFee: {{feeText}}; compensation: {{compensationText}}\nTo accept the new date, open: {{linkAccept}}\nTo decline and cancel, open: {{linkReject}}\nWithout an answer we will call you.'),
  template('change_notice_cancel', '您的服务 {{targetNo}} 将取消', '您好:\n您的服务(编号 {{targetNo}})将取消。\n原因:{{reasonText}}\n原定时间:{{oldDate}}\n费用:{{feeText}};补偿:{{compensationText}}', 'Your service {{targetNo}} will be cancelled', 'Hello,\nyour service (number {{targetNo}}) will be cancelled.\nReason: {{reasonText}}\nDate: {{oldDate}}\nFee: {{feeText}}; compensation: {{compensationText}}'),
  template('change_refused', '您的{{changeText}}申请未能办理', '您好:\n您就服务(编号 {{targetNo}})提出的{{changeText}}申请未能办理,原因:{{refuseText}}。原安排不变,时间:{{oldDate}}。', 'Your {{changeText}} could not be made', 'Hello,\nthe {{changeText}} of your service (number {{targetNo}}) could not be made: {{refuseText}}. The arrangement stays as it is, date: {{oldDate}}.'),
  template('survey_invitation', '请评价我们的服务', '您好:\n感谢您使用我们的服务(编号 {{caseNo}})。请用一分钟告诉我们您的感受:{{link}}', 'How did we do?', 'Hello,\nthank you for using our service (number {{caseNo}}). Please take a minute to tell us how it went: {{link}}'),
  template('survey_reminder', '您的评价对我们很重要', '您好:\n我们还没有收到您的评价(编号 {{caseNo}})。如方便,请打开:{{link}}\n此后不再提醒。', 'Your rating matters to us', 'Hello,\nwe have not heard from you yet (number {{caseNo}}). If you have a minute, open: {{link}}\nWe will not remind you again.'),
  template('service_summary', '服务小结 {{caseNo}}', '您好:\n您的服务(编号 {{caseNo}})已结束。\n内容:{{content}}\n结果:{{resultText}}\n后续支持至:{{supportUntil}}', 'Your service {{caseNo}} in short', 'Hello,\nyour service (number {{caseNo}}) has ended.\nContent: {{content}}\nResult: {{resultText}}\nWe support you until: {{supportUntil}}'),
  template('service_issue_result', '问题处理结果 {{caseNo}}', '您好:\n您在服务(编号 {{caseNo}})中提出的问题:{{issueText}}\n处理情况:{{handling}}\n结果:{{resolvedText}}', 'About the issue in {{caseNo}}', 'Hello,\nthe issue you raised about your service (number {{caseNo}}): {{issueText}}\nWhat we did: {{handling}}\nResult: {{resolvedText}}'),
  template('identity_not_verified', '身份核验未通过 {{caseNo}}', '您好:\n您申请的业务(编号 {{caseNo}})因身份核验未通过,暂不能办理。请携带有效证件到网点办理。', 'Identity not verified {{caseNo}}', 'Hello,\nwe could not verify your identity, so your request (number {{caseNo}}) cannot be processed now. Please come to a branch with a valid ID.'),
  template('service_terminated', '服务终止已办结 {{caseNo}}', '您好:\n您的服务终止申请(编号 {{caseNo}})已办结。{{exportText}}。相关档案依规保存至 {{retainUntil}}。感谢您一直以来的信任。', 'Your service has ended {{caseNo}}', 'Hello,\nyour request to end the service (number {{caseNo}}) is done; {{exportText}}. Records are kept until {{retainUntil}} as the rules require. Thank you for your trust.'),
  template('progress_code', '进度查询验证码', '您查询 {{recordNo}} 进度的验证码是 {{code}},10 分钟内有效。工作人员不会向您索要验证码。', 'Your code', 'Your code to look up {{recordNo}} is {{code}}, valid for 10 minutes. Our staff never ask for it.'),
  template('consultation_answer', '关于您的咨询 {{caseNo}}', '您好:\n您咨询的问题(编号 {{caseNo}}):{{question}}\n答复:{{answer}}', 'About your inquiry {{caseNo}}', 'Hello,\nyou asked (number {{caseNo}}): {{question}}\nOur answer: {{answer}}'),
  template('training_notice', '培训通知:{{topic}}', '请参加培训 {{caseNo}},时间 {{sessionAt}},讲师 {{teacher}}。', 'Training: {{topic}}', 'Please attend training {{caseNo}} at {{sessionAt}}, trainer {{teacher}}.'),
  template('emergency_callout', '应急召集:{{caseNo}}', '风险事件 {{caseNo}}“{{title}}”已启动应急响应({{activationNo}}),地点 {{site}}。请在 {{acknowledgeBy}} 前到位并回复。', 'Emergency call-out: {{caseNo}}', 'The emergency response to incident {{caseNo}} “{{title}}” has begun ({{activationNo}}), place: {{site}}. Please report by {{acknowledgeBy}}.'),
  template('sla_reminder', '{{caseNo}} 即将到期', '案件 {{caseNo}} 的“{{stageName}}”应在 {{dueAt}} 前完成,请尽快办理。', '{{caseNo}} is due soon', 'The stage “{{stageName}}” of case {{caseNo}} is due by {{dueAt}}.'),
  template('sla_breach', '{{caseNo}} 已超时', '案件 {{caseNo}} 的“{{stageName}}”已超过期限 {{dueAt}},超时编号 {{breachNo}},已上报。', '{{caseNo}} is overdue', 'The stage “{{stageName}}” of case {{caseNo}} passed its deadline {{dueAt}}; breach {{breachNo}} has been reported.'),
  template('task_urge', '督办:{{caseNo}}', '案件 {{caseNo}} 已超时({{breachNo}}),请立即办理。说明:{{reason}}', 'Urgent: {{caseNo}}', 'Case {{caseNo}} is overdue ({{breachNo}}); please act now. Note: {{reason}}'),
  template('task_reassigned', '已改派给您:{{caseNo}}', '案件 {{caseNo}} 的任务已改派给您。说明:{{reason}}', 'Assigned to you: {{caseNo}}', 'A task of case {{caseNo}} is now yours. Note: {{reason}}'),
  template('violation_ack', '已收到您反映的线索 {{caseNo}}', '您好:\n您反映的服务违规线索已受理,编号 {{caseNo}}。我们会核实并按规定反馈。', 'Your report {{caseNo}} is received', 'Hello,\nyour report of a service violation is accepted under number {{caseNo}}. We will look into it and tell you the result.'),
  template('violation_rejected', '关于您反映的线索 {{caseNo}}', '您好:\n您反映的线索(编号 {{caseNo}})未予受理,原因:{{rejectReason}}', 'About your report {{caseNo}}', 'Hello,\nyour report (number {{caseNo}}) was not taken on. Reason: {{rejectReason}}'),
  template('violation_statement', '请就案件 {{caseNo}} 作陈述申辩', '您好:\n案件 {{caseNo}} 正在调查。请在 {{dueStatement}} 前提交陈述申辩;逾期未提交的,调查照常进行。', 'Your statement in case {{caseNo}}', 'Hello,\ncase {{caseNo}} is under investigation. Please give your statement by {{dueStatement}}; without it the investigation goes on.'),
  template('violation_decision', '案件 {{caseNo}} 处理决定', '您好:\n案件 {{caseNo}} 已作出处理决定,文书编号 {{decisionLetterNo}}。如有异议,可在 {{dueAppeal}} 前提出申诉。', 'Decision in case {{caseNo}}', 'Hello,\na decision has been made in case {{caseNo}}, letter {{decisionLetterNo}}. You may appeal by {{dueAppeal}}.'),
  template('violation_cleared', '案件 {{caseNo}} 调查结论:不属实', '您好:\n案件 {{caseNo}} 经调查不属实,所采取的临时措施已解除,不影响您的考核。', 'Case {{caseNo}}: not substantiated', 'Hello,\ncase {{caseNo}} was not substantiated. Any interim measure is lifted and your assessment is not affected.'),
  template('violation_result', '线索 {{caseNo}} 处理结果', '您好:\n您反映或涉及的事项(编号 {{caseNo}})已办结,结果:{{resultClass}}。感谢您的监督。', 'Result of report {{caseNo}}', 'Hello,\nthe matter {{caseNo}} you reported or that concerned you is closed. Result: {{resultClass}}. Thank you.'),
  template('calendar_missing', '缺少 {{year}} 年节假日数据', '有期限落在 {{year}} 年,但该年的工作日历尚未发布,已按周一至周五计算。请导入官方放假安排。', 'No holidays for {{year}}', 'A deadline falls into {{year}}, whose calendar is not published; Monday to Friday was assumed. Please import the official schedule.'),
];

/** Stage names as readers know them. */
export const stageNames: Readonly<Record<string, { zh: string; en: string }>> = {
  register: { zh: '登记', en: 'registration' },
  substantive: { zh: '实质答复', en: 'substantive reply' },
  investigate: { zh: '调查', en: 'investigation' },
  plan: { zh: '处理方案', en: 'plan' },
  review: { zh: '方案复核', en: 'plan review' },
  confirm: { zh: '客户答复', en: 'customer answer' },
  overall: { zh: '整体办结', en: 'the whole case' },
  rectify: { zh: '整改落实', en: 'rectification' },
  first: { zh: '首次答复', en: 'first reply' },
  improve: { zh: '改进', en: 'improvement' },
  accept: { zh: '线索受理', en: 'intake' },
  statement: { zh: '陈述申辩', en: 'statement' },
  determine: { zh: '违规认定', en: 'determination' },
  decide: { zh: '处理决定', en: 'decision' },
  appeal: { zh: '申诉期', en: 'appeal window' },
  appeal_decision: { zh: '申诉复核', en: 'appeal review' },
  response: { zh: '响应', en: 'response' },
  dispose: { zh: '处置', en: 'disposal' },
  customer_notice: { zh: '客户告知', en: 'customer notice' },
  regulator: { zh: '监管报告', en: 'report to the regulator' },
  decision: { zh: '变更审批', en: 'approval of a change' },
  choice: { zh: '客户选择', en: 'customer choice' },
  issue: { zh: '问题处理', en: 'open issue' },
  close: { zh: '终止办理', en: 'closing the service' },
  low_score: { zh: '不满意跟进', en: 'low-score follow-up' },
  drill_plan: { zh: '演练方案', en: 'drill plan' },
};

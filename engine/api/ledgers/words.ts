import { words } from './word-list.ts';

export const sources = words(`
  internal=内部投诉=Internal
  external=外部投诉=External
  feedback=客户反馈转入=From feedback
  regulator=监管转办=From the regulator
  media=媒体=Media`);

export const channels = words(`
  phone=电话=Phone
  sms=短信=Text message
  email=邮件=E-mail
  app=APP=App
  mobile_bank=手机银行=Mobile banking
  web=网站/在线平台=Website
  official_account=公众号=Official account
  online_chat=在线客服=Online chat
  branch=营业网点/柜台=Branch counter
  call_center=客服中心=Call center
  comment_book=意见簿/意见箱=Comment book
  social_media=社交媒体=Social media`);

export const complaintCategories = words(`
  process=服务流程=Service process
  attitude=服务态度=Attitude
  quality=服务质量=Service quality
  product=产品使用=Product
  transparency=信息不透明=Lack of transparency
  info_error=信息错误=Wrong information
  claim_dispute=理赔与纠纷处理=Claims and disputes
  other=其他=Other`);

export const businesses = words(`
  account=账户=Accounts
  deposit_payment=存取/转账结算=Deposits and payments
  wealth=财富管理/理财=Wealth management
  credit=信贷=Credit
  insurance=保险=Insurance
  fund_securities=基金/证券=Funds and securities
  cross_border=跨境金融=Cross-border
  digital=数字化渠道=Digital channels
  card=信用卡=Credit cards
  other=其他=Other`);

export const complexities = words(`
  simple=一般=Simple
  complex=复杂=Complex`);

export const priorities = words(`
  urgent=紧急=Urgent
  high=优先=High
  normal=普通=Normal
  low=低=Low`);

export const findings = words(`
  true=属实=Substantiated
  partly=部分属实=Partly substantiated
  false=不属实=Not substantiated`);

export const measures = words(`
  process=优化服务流程=Process improved
  training=员工培训=Staff training
  product=改进产品=Product improved
  compensation=补偿或优惠=Compensation
  accountability=责任人问责=Accountability
  explain=解释说明=Explained`);

export const outcomes = words(`
  closed=已办结=Closed
  completed=已完成=Completed
  resolved=已解决=Resolved
  explained=已解释=Explained
  withdrawn=已撤诉=Withdrawn
  merged=已并案=Merged
  transferred=已转办=Transferred
  not_accepted=不予受理=Not accepted
  final_ruling=终裁=Final ruling
  rejected=不通过=Rejected
  cancelled=已取消=Cancelled
  expired=已过期=Expired
  failed=未完成=Failed
  no_show=未到场=No show
  no_slot=无可用时段=No time available
  identity_failed=身份核验未通过=Identity not verified
  kept=保留=Kept
  rescheduled=已改期=Rescheduled
  false_alarm=误报=False alarm
  dismissed=不予追究=Dismissed
  answered=已答复=Answered
  to_complaint=已转投诉=Now a complaint
  improved=已达标=Improved
  not_improved=未达标=Not improved
  judicial=移送司法=Referred to the authorities`);

export const customerTypes = words(`
  individual=个人客户=Individual
  corporate=企业客户=Corporate
  cross_border=跨境客户=Cross-border`);

export const serviceClasses = words(`
  basic=基础金融服务=Basic
  comprehensive=综合金融服务=Comprehensive
  digital=数字化金融服务=Digital
  special=专项金融服务=Special
  value_added=增值与延伸服务=Value-added`);

export const modes = words(`
  branch=到店=At a branch
  phone=电话=Phone
  video=线上视频=Video`);

export const appointmentStates = words(`
  requested=待安排=Requested
  waiting=候补=Waiting list
  held=已预留=Held
  confirmed=已确认=Confirmed
  served=已办理=Served
  noshow=未到场=No show
  cancelled=已取消=Cancelled
  expired=已过期=Expired
  rejected=不通过=Rejected
  unavailable=无可用时段=Unavailable`);

export const applicationStates = words(`
  registered=已登记=Registered
  accepted=已受理=Accepted
  reviewing=审核中=Under review
  supplement=待补正=Documents missing
  passed=审核通过=Passed
  executing=办理中=In execution
  finished=已办结=Finished
  done=已办结=Done
  lapsed=已失效=Lapsed
  unsuitable=不适当=Unsuitable
  rejected=不通过=Rejected
  failed=未完成=Failed
  closed=已结束=Closed`);

export const productRisks = words(`
  R1=R1 保守=R1 conservative
  R2=R2 稳健=R2 steady
  R3=R3 平衡=R3 balanced
  R4=R4 成长=R4 growth
  R5=R5 进取=R5 aggressive`);

export const changeTypes = words(`
  delay=延期=Delay
  cancel=取消=Cancellation`);

export const changedBy = words(`
  customer=客户=Customer
  institution=本机构=Institution`);

export const changeReasons = words(`
  system=系统故障=System failure
  staff=人员原因=Staff
  material=资料原因=Documents
  policy=政策变化=Policy change
  force_majeure=不可抗力=Force majeure
  customer=客户原因=Customer`);

export const weights = words(`
  minor=轻=Minor
  normal=一般=Normal
  heavy=重=Heavy`);

export const effects = words(`
  good=良好=Good
  fair=一般=Fair
  poor=差=Poor`);

export const compensationKinds = words(`
  cash=现金=Cash
  fee_waiver=费用减免=Fee waiver
  points=积分=Points
  discount=优惠=Discount
  apology=书面致歉=Written apology`);

export const compensationStates = words(`
  registered=已登记=Registered
  reversed=已冲销=Reversed`);

export const surveyWays = words(`
  online=在线或电话=Online or by phone
  onsite=现场=On site`);

export const surveyStates = words(`
  open=待答复=Open
  answered=已答复=Answered
  closed=未答复=Not answered`);

export const surveyTriggers = words(`
  complaint=投诉=Complaint
  vip=贵宾用户=VIP
  application=业务申请=Application
  appointment=服务预约=Appointment
  consultation=业务咨询=Consultation
  quarterly=季度抽样=Quarterly sample`);

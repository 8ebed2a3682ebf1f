import { words } from './word-list.ts';

export const courses = words(`
  product=金融产品知识=Products
  service=服务规范=Service standard
  law=法律法规=Law
  operation=业务操作=Operation
  complaint=投诉处理=Complaints
  security=安全保密=Security
  ethics=职业道德=Ethics
  emergency=应急=Emergency`);

export const methods = words(`
  class=面授=Classroom
  online=网络=Online
  drill=实操演练=Drill
  mixed=混合=Mixed`);

export const certificates = words(`
  service=服务上岗证书=Service certificate
  banking=银行业从业资格=Banking qualification
  securities=证券从业资格=Securities qualification
  fund=基金从业资格=Fund qualification
  insurance=保险从业资格=Insurance qualification
  confidentiality=保密协议=Confidentiality agreement`);

export const inspectionTypes = words(`
  regular=定期检查=Regular
  random=随机抽查=Random
  special=专项检查=Special
  recording=录音录像=Recordings
  channel=渠道健康=Channel health
  audit=内部审计=Internal audit
  security_scan=漏洞扫描=Security scan
  mystery=第三方暗访=Mystery visit
  interview=客户与员工访谈=Interviews`);

export const inspectionScopes = words(`
  attitude=服务态度与礼仪=Attitude
  process=业务流程=Process
  disclosure=信息告知=Disclosure
  identity=客户身份识别=Identity check
  complaint=投诉处理=Complaints
  timeliness=办理时效=Timeliness
  privacy=客户信息保护=Privacy
  channel=渠道可用=Channels
  system=系统安全=Systems`);

export const checkResults = words(`
  pass=合格=Pass
  fail=不合格=Fail
  na=不适用=Not applicable`);

export const findingLevels = words(`
  serious=严重=Serious
  general=一般=General
  minor=轻微=Minor`);

export const grades = words(`
  A=优秀（A）=A
  B=良好（B）=B
  C=合格（C）=C
  D=不合格（D）=D`);

export const subjectKinds = words(`
  unit=部门=Unit
  staff=员工=Staff`);

export const awards = words(`
  bonus=奖金建议=Bonus suggested
  commendation=通报表扬=Commendation
  talk=提醒谈话=Reminder talk
  perf_deduct=扣减绩效=Performance deduction
  post_adjust=岗位调整建议=Post adjustment suggested`);

export const assessmentStates = words(`
  scored=已评分=Scored
  approved=已批准=Approved`);

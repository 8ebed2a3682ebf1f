// The processes the bench runs, the same for both engines.
const head = '<?xml version="1.0" encoding="UTF-8"?><bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="bench" targetNamespace="bench">';
const task = (id, type, inner = '') => `<bpmn:serviceTask id="${id}"><bpmn:extensionElements><zeebe:taskDefinition type="${type}" />${inner}</bpmn:extensionElements></bpmn:serviceTask>`;
const flow = (from, to, condition = '') => `<bpmn:sequenceFlow id="${from}__${to}" sourceRef="${from}" targetRef="${to}">${condition && `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${condition}</bpmn:conditionExpression>`}</bpmn:sequenceFlow>`;
const chain = (...ids) => ids.slice(1).map((id, at) => flow(ids[at], id)).join('');
const process = (id, body, roots = '') => `${head}<bpmn:process id="${id}" isExecutable="true">${body}</bpmn:process>${roots}</bpmn:definitions>`;
const ends = '<bpmn:startEvent id="start" /><bpmn:endEvent id="end" />';
const range = (count) => Array.from({ length: count }, (_, at) => at + 1);

const tenNames = range(10).map((at) => `t${at}`);
const message = '<bpmn:message id="m" name="bench.message"><bpmn:extensionElements><zeebe:subscription correlationKey="=key" /></bpmn:extensionElements></bpmn:message>';

export const diagrams = {
  one: process('bench_one', ends + task('work', 'bench.one') + chain('start', 'work', 'end')),
  ten: process('bench_ten', ends + tenNames.map((id) => task(id, 'bench.ten')).join('') + chain('start', ...tenNames, 'end')),
  parallel: process('bench_parallel', `${ends}<bpmn:parallelGateway id="fork" /><bpmn:parallelGateway id="join" />${tenNames.map((id) => task(id, 'bench.parallel') + flow('fork', id) + flow(id, 'join')).join('')}${flow('start', 'fork')}${flow('join', 'end')}`),
  multi: process('bench_multi', `${ends}<bpmn:serviceTask id="work"><bpmn:extensionElements><zeebe:taskDefinition type="bench.multi" /></bpmn:extensionElements><bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=items" inputElement="item" outputCollection="results" outputElement="=item" /></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics></bpmn:serviceTask>${chain('start', 'work', 'end')}`),
  message: process('bench_message', `${ends}<bpmn:intermediateCatchEvent id="wait"><bpmn:messageEventDefinition messageRef="m" /></bpmn:intermediateCatchEvent>${chain('start', 'wait', 'end')}`, message),
  // Registration, classification by expression, a decision by gateway, three tasks with mappings, an SLA timer, a subprocess: what a complaint does.
  complaint: process('bench_complaint', `${ends}${task('register', 'bench.complaint', '<zeebe:ioMapping><zeebe:input source="=customer.name" target="name" /><zeebe:output source="=&quot;TS&quot; + string(number)" target="caseNo" /></zeebe:ioMapping>')}<bpmn:scriptTask id="classify"><bpmn:extensionElements><zeebe:script expression="=if amount &gt; 5000 then &quot;high&quot; else &quot;normal&quot;" resultVariable="priority" /></bpmn:extensionElements></bpmn:scriptTask><bpmn:exclusiveGateway id="which" default="which__handle" />${task('escalate', 'bench.complaint')}<bpmn:subProcess id="handle"><bpmn:startEvent id="h_start" />${task('investigate', 'bench.complaint')}${task('reply', 'bench.complaint')}<bpmn:endEvent id="h_end" />${chain('h_start', 'investigate', 'reply', 'h_end')}</bpmn:subProcess><bpmn:boundaryEvent id="late" attachedToRef="handle" cancelActivity="false"><bpmn:outgoing>late__late_end</bpmn:outgoing><bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT1H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent><bpmn:endEvent id="late_end" />${flow('late', 'late_end')}${task('archive', 'bench.complaint')}${chain('start', 'register', 'classify', 'which')}${flow('which', 'escalate', '=priority = &quot;high&quot;')}${flow('which', 'handle')}${flow('escalate', 'handle')}${chain('handle', 'archive', 'end')}`),
  waiting: process('bench_waiting', ends + task('work', 'bench.waiting') + chain('start', 'work', 'end')),
  timers: process('bench_timers', `${ends}<bpmn:intermediateCatchEvent id="due"><bpmn:timerEventDefinition><bpmn:timeDate xsi:type="bpmn:tFormalExpression">=date and time(at)</bpmn:timeDate></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>${task('work', 'bench.timers')}${chain('start', 'due', 'work', 'end')}`),
};

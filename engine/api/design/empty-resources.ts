import type { ResourceKind } from '../../contract/api.ts';

/** What a new diagram, form or decision table starts as: deployable and open to Camunda's tools. */
export function emptyResource(kind: ResourceKind, id: string, name: string): string {
  if (kind === 'process') return emptyProcess(id, xmlText(name));
  if (kind === 'decision') return emptyDecision(id, xmlText(name));
  const component = id.replace(/[^\w]/g, '');
  return `${JSON.stringify({ executionPlatform: 'Camunda Cloud', executionPlatformVersion: '8.5.0', exporter: { name: 'Guicheng', version: '1' }, schemaVersion: 16, id, type: 'default', components: [{ type: 'text', id: `${component}_title`, text: `### ${name}` }] }, null, 2)}\n`;
}

function emptyProcess(id: string, name: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:modeler="http://camunda.org/schema/modeler/1.0" id="def_${id}" targetNamespace="http://guicheng.example/processes" modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.5.0">
  <bpmn:process id="${id}" name="${name}" isExecutable="true">
    <bpmn:startEvent id="se_start" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="dia_${id}">
    <bpmndi:BPMNPlane id="plane_${id}" bpmnElement="${id}">
      <bpmndi:BPMNShape id="se_start_di" bpmnElement="se_start">
        <dc:Bounds x="180" y="160" width="36" height="36" />
      </bpmndi:BPMNShape>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
`;
}

function emptyDecision(id: string, name: string): string {
  const decision = id.replace(/^drg_/, '') === id ? `${id}_decision` : id.replace(/^drg_/, '');
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" xmlns:modeler="http://camunda.org/schema/modeler/1.0" id="${id}" name="${name}" namespace="http://guicheng.example/decisions" modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.5.0">
  <decision id="${decision}" name="${name}">
    <decisionTable id="${decision}_table" hitPolicy="FIRST">
      <input id="${decision}_in1"><inputExpression id="${decision}_ie1" typeRef="string"><text></text></inputExpression></input>
      <output id="${decision}_out1" name="result" typeRef="string" />
    </decisionTable>
  </decision>
  <dmndi:DMNDI>
    <dmndi:DMNDiagram id="${decision}_diagram">
      <dmndi:DMNShape id="${decision}_di" dmnElementRef="${decision}"><dc:Bounds x="160" y="100" width="180" height="80" /></dmndi:DMNShape>
    </dmndi:DMNDiagram>
  </dmndi:DMNDI>
</definitions>
`;
}

function xmlText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

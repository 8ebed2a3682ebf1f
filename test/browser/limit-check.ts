/** A procedure of two exits whose conditions need a number: anything else stops it with an incident. */
export const limitCheck = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="limit_check_file" targetNamespace="http://guicheng.example/test">
  <bpmn:process id="limit_check" name="额度核对" isExecutable="true">
    <bpmn:startEvent id="received" name="收到申请"><bpmn:outgoing>to_gateway</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="to_gateway" sourceRef="received" targetRef="above" />
    <bpmn:exclusiveGateway id="above" name="超过额度？"><bpmn:incoming>to_gateway</bpmn:incoming><bpmn:outgoing>yes</bpmn:outgoing><bpmn:outgoing>no</bpmn:outgoing></bpmn:exclusiveGateway>
    <bpmn:sequenceFlow id="yes" name="是" sourceRef="above" targetRef="refused"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=amount &gt; 100</bpmn:conditionExpression></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="no" name="否" sourceRef="above" targetRef="granted"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=amount &lt;= 100</bpmn:conditionExpression></bpmn:sequenceFlow>
    <bpmn:endEvent id="refused" name="未通过"><bpmn:incoming>yes</bpmn:incoming></bpmn:endEvent>
    <bpmn:endEvent id="granted" name="通过"><bpmn:incoming>no</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
  <bpmndi:BPMNDiagram id="diagram">
    <bpmndi:BPMNPlane id="plane" bpmnElement="limit_check">
      <bpmndi:BPMNShape id="received_shape" bpmnElement="received"><dc:Bounds x="160" y="112" width="36" height="36" /></bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="above_shape" bpmnElement="above" isMarkerVisible="true"><dc:Bounds x="280" y="105" width="50" height="50" /></bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="refused_shape" bpmnElement="refused"><dc:Bounds x="440" y="52" width="36" height="36" /></bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="granted_shape" bpmnElement="granted"><dc:Bounds x="440" y="172" width="36" height="36" /></bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="to_gateway_edge" bpmnElement="to_gateway"><di:waypoint x="196" y="130" /><di:waypoint x="280" y="130" /></bpmndi:BPMNEdge>
      <bpmndi:BPMNEdge id="yes_edge" bpmnElement="yes"><di:waypoint x="305" y="105" /><di:waypoint x="305" y="70" /><di:waypoint x="440" y="70" /></bpmndi:BPMNEdge>
      <bpmndi:BPMNEdge id="no_edge" bpmnElement="no"><di:waypoint x="305" y="155" /><di:waypoint x="305" y="190" /><di:waypoint x="440" y="190" /></bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
`;

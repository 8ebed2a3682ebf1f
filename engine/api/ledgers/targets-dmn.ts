import type { KpiTarget } from '../../contract/api.ts';

/** Every metric the manual sets a target for, in the order shown. */
export const targetMetrics: readonly string[] = [
  'satisfaction', 'complaint_satisfaction', 'complaint_registered_in_24h', 'complaint_response_in_24h', 'complaint_average_response', 'complaint_closed_in_20wd',
  'phone_minutes', 'counter_minutes', 'appointment_confirmed_in_24h', 'application_accepted_in_24h', 'risk_response_in_time', 'risk_major_in_time', 'security_events_per_quarter', 'disposal_efficiency',
  'rectification_in_time', 'training_pass', 'training_coverage', 'training_hours', 'training_awareness', 'policy_coverage', 'audits_per_quarter',
];

const outputs = [['target', '目标值', 'number'], ['direction', '方向', 'string'], ['unit', '单位', 'string'], ['source', '来源', 'string'], ['name', '指标', 'string'], ['nameEn', 'Metric', 'string']] as const;

/** The decision `kpi_targets` as DMN: one rule for each metric. */
export function targetsDmn(targets: readonly KpiTarget[]): string {
  const rules = targets.map((target, index) => {
    const id = `kpi_targets_r${index + 1}`;
    const entries = outputs.map(([name, , type], at) => `        <outputEntry id="${id}_o${at + 1}">\n          <text>${type === 'number' ? String(target[name]) : text(String(target[name]))}</text>\n        </outputEntry>`);
    return `      <rule id="${id}">\n        <inputEntry id="${id}_i1">\n          <text>${text(target.metric)}</text>\n        </inputEntry>\n${entries.join('\n')}\n      </rule>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" xmlns:modeler="http://camunda.org/schema/modeler/1.0" id="drg_kpi_targets" name="指标目标" namespace="http://guicheng.example/decisions" modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.5.0">
  <decision id="kpi_targets" name="指标目标">
    <description>看板各项指标的目标值。方向 min 为不低于，max 为不高于。没有列出的指标没有目标。</description>
    <decisionTable id="kpi_targets_table" hitPolicy="UNIQUE">
      <input id="kpi_targets_in1" label="指标编号">
        <inputExpression id="kpi_targets_ie1" typeRef="string">
          <text>metric</text>
        </inputExpression>
      </input>
${outputs.map(([name, label, type], at) => `      <output id="kpi_targets_out${at + 1}" label="${label}" name="${name}" typeRef="${type}" />`).join('\n')}
${rules.join('\n')}
    </decisionTable>
  </decision>
  <dmndi:DMNDI>
    <dmndi:DMNDiagram id="kpi_targets_diagram">
      <dmndi:DMNShape id="kpi_targets_shape" dmnElementRef="kpi_targets">
        <dc:Bounds height="80" width="180" x="160" y="100" />
      </dmndi:DMNShape>
    </dmndi:DMNDiagram>
  </dmndi:DMNDI>
</definitions>
`;
}

/** A FEEL string inside XML. */
function text(value: string): string {
  return JSON.stringify(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import type { EngineRecord } from '../../engine/protocol/records.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const REPORT = path.join(ROOT, 'processes/PATHS.md');

/** Procedures whose every sequence flow a test takes. */
export const procedures: readonly string[] = [
  'complaint_handling', 'service_appointment', 'service_application', 'service_change', 'service_followup', 'service_termination', 'risk_incident',
  'security_incident', 'emergency_drill', 'violation_accountability', 'identity_verification', 'customer_feedback', 'satisfaction_survey', 'rectification', 'service_consultation', 'service_improvement', 'risk_assessment',
  'staff_training', 'quality_assessment', 'supervision_inspection', 'information_release',
];

/** A sequence flow of a diagram. */
export interface Flow {
  id: string;
  source: string;
  target: string;
  /** Zeebe writes no record for a flow behind an event-based gateway; its event tells. */
  behindEvents: boolean;
}

/** A test that takes flows, as the report names it. */
export interface PathTest {
  file: string;
  name: string;
}

/** The report `processes/PATHS.md`: which test takes which flow. */
export interface PathReport {
  tests: Map<number, PathTest>;
  /** Numbers of tests by `process/flow`. */
  taken: Map<string, number[]>;
}

/** All sequence flows of a shipped diagram, in the order of its file. */
export function flowsOf(processId: string): Flow[] {
  const xml = readFileSync(path.join(ROOT, 'processes', processId, `${processId.replaceAll('_', '-')}.bpmn`), 'utf8');
  const gateways = new Set([...xml.matchAll(/<bpmn:eventBasedGateway id="(\w+)"/g)].map((found) => found[1]!));
  return [...xml.matchAll(/<bpmn:sequenceFlow id="(\w+)"[^>]*sourceRef="(\w+)" targetRef="(\w+)"/g)].map(([, id, source, target]) => ({ id: id!, source: source!, target: target!, behindEvents: gateways.has(source!) }));
}

/** Reads the committed report. */
export function readReport(text: string = readFileSync(REPORT, 'utf8')): PathReport {
  const report: PathReport = { tests: new Map(), taken: new Map() };
  let processId = '';
  for (const line of text.split('\n')) {
    processId = /^## `(\w+)`/.exec(line)?.[1] ?? processId;
    const test = /^\| (\d+) \| `([\w.-]+)` \| (.+) \|$/.exec(line);
    if (test !== null) report.tests.set(Number(test[1]), { file: test[2]!, name: test[3]!.replaceAll('\\|', '|') });
    const flow = /^\| `(\w+)` \| .+ \| ([\d, ]*) ?\|$/.exec(line);
    if (flow !== null) report.taken.set(`${processId}/${flow[1]!}`, flow[2]!.split(',').map((one) => one.trim()).filter((one) => one !== '').map(Number));
  }
  return report;
}

/** The flows of the procedures among an engine's records, as `process/flow`, sorted. */
export function takenFlows(records: readonly EngineRecord[]): string[] {
  const seen = new Map<string, Set<string>>();
  for (const record of records) {
    if (record.intent !== 'SEQUENCE_FLOW_TAKEN' && record.intent !== 'ELEMENT_COMPLETED') continue;
    const processId = String(record.value['bpmnProcessId']);
    seen.set(processId, (seen.get(processId) ?? new Set()).add(String(record.value['elementId'])));
  }
  return procedures.flatMap((processId) => {
    const ids = seen.get(processId);
    return ids === undefined ? [] : flowsOf(processId).filter((flow) => ids.has(flow.behindEvents ? flow.target : flow.id)).map((flow) => `${processId}/${flow.id}`);
  }).sort();
}

/**
 * Holds a test of `test/processes/` against the report: it takes the flows the report says, no fewer and no others. With
 * `PATHS_DIR` set the flows are written there instead, for `test/processes/write-paths.mjs`. Other tests take what they like.
 */
export async function checkPaths(read: () => Promise<readonly EngineRecord[]>): Promise<void> {
  const { testPath = '', currentTestName: name = '' } = expect.getState();
  if (path.dirname(testPath) !== path.join(ROOT, 'test/processes')) return;
  const file = path.basename(testPath);
  const flows = takenFlows(await read());
  const folder = process.env['PATHS_DIR'];
  if (folder !== undefined) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, `${file}-${Buffer.from(name).toString('hex').slice(0, 160)}.json`), JSON.stringify({ file, name, flows }));
    return;
  }
  const report = readReport();
  const number = [...report.tests].find(([, test]) => test.file === file && test.name === name)?.[0];
  const said = [...report.taken].filter(([, numbers]) => number !== undefined && numbers.includes(number)).map(([flow]) => flow).sort();
  expect(flows, 'the flows this test takes are not those of processes/PATHS.md: if they are meant, run `node test/processes/write-paths.mjs`').toEqual(said);
}

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { flowsOf, procedures, readReport } from '../support/paths.ts';

const report = readReport();

describe.each(procedures)('%s', (processId) => {
  test('has no sequence flow that no test takes', () => {
    const flows = flowsOf(processId).map((flow) => flow.id);
    expect(flows.length).toBeGreaterThan(0);
    expect(flows.filter((flow) => (report.taken.get(`${processId}/${flow}`) ?? []).length === 0)).toEqual([]);
  });

  test('has only flows of its diagram in the report', () => {
    const flows = new Set(flowsOf(processId).map((flow) => flow.id));
    expect([...report.taken.keys()].filter((key) => key.startsWith(`${processId}/`) && !flows.has(key.slice(processId.length + 1)))).toEqual([]);
  });
});

test('every test the report names is there', () => {
  expect(report.tests.size).toBeGreaterThan(0);
  for (const { file, name } of report.tests.values()) {
    const source = readFileSync(path.join(import.meta.dirname, file), 'utf8');
    expect(source.includes(name) || source.includes(name.replaceAll(`'`, `\\'`)), `${file}: ${name}`).toBe(true);
  }
  expect([...report.taken.values()].flat().filter((number) => !report.tests.has(number))).toEqual([]);
});

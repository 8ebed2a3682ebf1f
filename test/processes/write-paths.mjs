// Writes processes/PATHS.md: runs the tests of the procedures and notes which sequence flows each of them takes. With names of test files
// (`node test/processes/write-paths.mjs drill security`) only these run, and the report keeps what it says of the others.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const report = path.join(root, 'processes/PATHS.md');
const only = process.argv.slice(2);
const folder = mkdtempSync(path.join(os.tmpdir(), 'guicheng-paths-'));
const { status } = spawnSync(process.execPath, [path.join(root, 'node_modules/vitest/vitest.mjs'), 'run', '-c', 'test/vitest.config.ts', ...(only.length === 0 ? ['test/processes/'] : only.map((name) => `test/processes/${name}`)), '--exclude', '**/paths.test.ts'], { cwd: root, stdio: 'inherit', env: { ...process.env, PATHS_DIR: folder } });
if (status !== 0) {
  process.stderr.write('A test fails, so the paths are not written.\n');
  process.exit(1);
}
const notes = readdirSync(folder).map((file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')));
rmSync(folder, { recursive: true });
const tests = [...notes, ...(only.length === 0 ? [] : earlier(new Set(notes.map((one) => one.file))))].filter((one) => one.flows.length > 0).sort((a, b) => (a.file === b.file ? (a.name < b.name ? -1 : 1) : a.file < b.file ? -1 : 1));

const support = readFileSync(path.join(root, 'test/support/paths.ts'), 'utf8');
const procedures = [...support.slice(support.indexOf('procedures: readonly'), support.indexOf('];')).matchAll(/'(\w+)'/g)].map((found) => found[1]);
const lines = [
  '# Paths through the procedures',
  '',
  'Written by `node test/processes/write-paths.mjs`. Every sequence flow of every shipped procedure with the tests of `test/processes/` that take it.',
  'Each of these tests fails when it does not take just the flows named here; `paths.test.ts` fails when a flow is taken by none.',
  '',
  '## Tests',
  '',
  '| No. | File | Test |',
  '|---|---|---|',
  ...tests.map((test, index) => `| ${index + 1} | \`${test.file}\` | ${test.name.replaceAll('|', '\\|')} |`),
];
for (const processId of procedures) {
  const xml = readFileSync(path.join(root, 'processes', processId, `${processId.replaceAll('_', '-')}.bpmn`), 'utf8');
  const [, name] = /<bpmn:process id="\w+" name="([^"]+)"/.exec(xml);
  const [, code] = /name="manualCode" value="(\w+)"/.exec(xml);
  const flows = [...xml.matchAll(/<bpmn:sequenceFlow id="(\w+)"[^>]*sourceRef="(\w+)" targetRef="(\w+)"/g)];
  const takers = (id) => tests.flatMap((test, index) => (test.flows.includes(`${processId}/${id}`) ? [index + 1] : []));
  const rows = flows.map(([, id, source, target]) => ({ id, source, target, by: takers(id) }));
  lines.push('', `## \`${processId}\` ${name} (${code}): ${rows.filter((row) => row.by.length > 0).length} of ${rows.length} flows`, '', '| Flow | From → to | Tests |', '|---|---|---|', ...rows.map((row) => `| \`${row.id}\` | ${row.source} → ${row.target} | ${row.by.join(', ')} |`));
}
writeFileSync(report, `${lines.join('\n')}\n`);
process.stdout.write(`processes/PATHS.md: ${tests.length} tests\n`);

/** What the report says of tests in other files that are still there. */
function earlier(ran) {
  const found = new Map();
  let processId = '';
  for (const line of readFileSync(report, 'utf8').split('\n')) {
    processId = /^## `(\w+)`/.exec(line)?.[1] ?? processId;
    const test = /^\| (\d+) \| `([\w.-]+)` \| (.+) \|$/.exec(line);
    if (test !== null) found.set(test[1], { file: test[2], name: test[3].replaceAll('\\|', '|'), flows: [] });
    const flow = /^\| `(\w+)` \| .+ \| ([\d, ]*) ?\|$/.exec(line);
    if (flow !== null) for (const number of flow[2].split(',').map((one) => one.trim()).filter((one) => one !== '')) found.get(number).flows.push(`${processId}/${flow[1]}`);
  }
  return [...found.values()].filter((one) => !ran.has(one.file) && existsSync(path.join(import.meta.dirname, one.file)));
}

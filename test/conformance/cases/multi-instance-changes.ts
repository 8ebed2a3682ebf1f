import { serviceTask } from '../../support/bpmn.ts';
import { line } from '../diagrams.ts';
import { scenarios, type Scenario } from '../scenario.ts';
import type { Variables } from '../transcript.ts';

const over = (sequential: boolean, output: boolean): string =>
  `<bpmn:multiInstanceLoopCharacteristics isSequential="${sequential}"><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=list" inputElement="each" ${output ? 'outputCollection="outs" outputElement="=each"' : ''}/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>`;

/** The first pass replaces the collection that is being gone through; all passes are completed, and what is wrong is mended. */
const changing = (sequential: boolean, output: boolean, after: null | string | number[]): Scenario['play'] => async (t) => {
  await t.deploy({ 'p.bpmn': line('p§', { m: serviceTask('m', 'a§').replace('</bpmn:serviceTask>', `${over(sequential, output)}</bpmn:serviceTask>`) }) });
  const instance = await t.create('p§', { list: [1, 2] });
  for (const changes of [{ list: after }, {}] as Variables[]) {
    const [job] = await t.jobs('a§');
    if (job !== undefined) await t.complete(job, changes);
  }
  await t.isRunning(instance);
  await t.call('setVariables', { elementInstanceKey: instance, variables: '{"list":[1,2]}' });
  await t.resolveIncidents();
  await t.isRunning(instance);
  await t.call('cancelProcessInstance', { processInstanceKey: instance });
};

const AFTER: readonly [string, null | string | number[]][] = [['empties', []], ['shortens', [8]], ['replaces', [8, 9]], ['lengthens', [7, 8, 9]], ['breaks', 'text'], ['drops', null]];

/** What becomes of a multi-instance when a pass changes its input collection. */
export default scenarios(
  Object.fromEntries(
    [true, false].flatMap((sequential) =>
      [true, false].flatMap((output) => AFTER.map(([what, after]) => [`a pass ${what} the collection of a ${sequential ? 'sequential' : 'parallel'} multi-instance ${output ? 'with' : 'without'} outputs`, changing(sequential, output, after)] as const)),
    ),
  ),
);

import { sequence } from './blocks.ts';
import { Random } from './random.ts';
import { Scope, Shared } from './scope.ts';

/** A process that a seed has made up, with what it is started with. */
export interface Generated {
  seed: number;
  /** Ends every process id and job type; tells the processes of a batch apart. */
  suffix: string;
  xml: string;
  /** Ids of the messages somebody in it may wait for; their names end with the suffix. */
  messages: readonly string[];
  variables: Record<string, unknown>;
}

/** Makes up a block-structured process. The same seed gives the same process, whatever the suffix. */
export function generate(seed: number, suffix: string): Generated {
  const random = new Random('process', seed);
  const shared = new Shared(random, suffix, random.between(12, 45));
  const scope = new Scope(shared);
  const start = scope.add('startEvent', 'start');
  const body = sequence(scope, 0);
  scope.flow(start, body.first);
  scope.flow(body.last, scope.add('endEvent', 'end'));
  const messages = shared.messages.map((id) => `<bpmn:message id="${id}" name="${id}${suffix}"><bpmn:extensionElements><zeebe:subscription correlationKey="=k"/></bpmn:extensionElements></bpmn:message>`);
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions" targetNamespace="http://guicheng/test">
<bpmn:process id="main${suffix}" isExecutable="true">
${scope.xml()}
</bpmn:process>
${shared.children.join('\n')}
${messages.join('')}<bpmn:error id="E1" errorCode="E1"/><bpmn:error id="E2" errorCode="E2"/>
</bpmn:definitions>`;
  return { seed, suffix, xml, messages: shared.messages, variables: { a: random.between(0, 5), b: random.chance(0.5), k: 'k', list: Array.from({ length: random.between(0, 3) }, () => random.between(0, 5)) } };
}

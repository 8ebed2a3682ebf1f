import { mappings, Scope, scriptExtension, type Block } from './scope.ts';

type Build = (scope: Scope, depth: number) => Block;

const CONDITIONS = ['a > 2', 'b', 'a = 3 or b', 'not(b) and a < 4', 'even(a)', 'count(list) > a', 'a in [1..2]', 'some x in list satisfies x = a'];
const VALUES: [string, string][] = [['modulo(a + 1, 6)', 'a'], ['not(b)', 'b'], ['if b then a else 0', 'a'], ['a > 1', 'b'], ['[a, a + 1]', 'list'], ['append(list[item < 3], a)', 'list'], ['{n: a, s: string(a)}', 'c'], ['count(list)', 'a']];

/** One block after the other. */
export function sequence(scope: Scope, depth: number): Block {
  const { random } = scope.shared;
  const blocks = Array.from({ length: random.between(1, depth === 0 ? 4 : 2) }, () => block(scope, depth));
  for (const [at, each] of blocks.slice(1).entries()) scope.flow(blocks[at]!.last, each.first);
  return { first: blocks[0]!.first, last: blocks.at(-1)!.last };
}

function block(scope: Scope, depth: number): Block {
  const simple: Build[] = [task, task, script, wait, pause, emptyThrow];
  const nested: Build[] = [exclusive, exclusive, parallel, inclusive, subProcess, loop, multiInstance, multiInstanceSub, errorBoundary, messageBoundary, timerBoundary, race, callActivity];
  const build = depth >= 3 || scope.shared.left <= 0 || scope.shared.random.chance(0.3) ? scope.shared.random.pick(simple) : scope.shared.random.pick(nested);
  return build(scope, depth);
}

const single = (id: string): Block => ({ first: id, last: id });

function someMappings(scope: Scope): string {
  const { random } = scope.shared;
  const inputs: [string, string][] = random.chance(0.4) ? [[random.pick(VALUES)[0], 'x']] : [];
  const outputs: [string, string][] = random.chance(0.4) ? [random.chance(0.5) && inputs.length > 0 ? ['x', random.pick(['y', 'z.v'])] : random.pick(VALUES)] : [];
  return mappings(inputs, outputs);
}

const job = (scope: Scope): string => `<zeebe:taskDefinition type="job${scope.shared.suffix}" retries="3"/>`;

function task(scope: Scope): Block {
  return single(scope.add('serviceTask', 'task', { extensions: job(scope) + someMappings(scope) }));
}

function script(scope: Scope): Block {
  const [expression, result] = scope.shared.random.pick(VALUES);
  return single(scope.add('scriptTask', 'script', { extensions: scriptExtension(expression, result) }));
}

function wait(scope: Scope): Block {
  return single(scope.add('intermediateCatchEvent', 'wait', { inside: `<bpmn:messageEventDefinition id="${scope.shared.name('def')}" messageRef="${scope.shared.message()}"/>` }));
}

const timer = (scope: Scope, duration: string): string => `<bpmn:timerEventDefinition id="${scope.shared.name('def')}"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">${duration}</bpmn:timeDuration></bpmn:timerEventDefinition>`;

function pause(scope: Scope): Block {
  return single(scope.add('intermediateCatchEvent', 'pause', { inside: timer(scope, 'PT0.02S') }));
}

function emptyThrow(scope: Scope): Block {
  return single(scope.add('intermediateThrowEvent', 'pass', { extensions: scope.shared.random.chance(0.5) ? mappings([], [scope.shared.random.pick(VALUES)]) : '' }));
}

/** Branches with conditions and a default one, joined by a gateway of the same kind. */
function exclusive(scope: Scope, depth: number): Block {
  const [split, join] = [scope.add('exclusiveGateway', 'xor'), scope.add('exclusiveGateway', 'xorjoin')];
  const count = scope.shared.random.between(2, 3);
  for (let at = 0; at < count; at += 1) {
    const inner = sequence(scope, depth + 1);
    const flow = scope.flow(split, inner.first, at === 0 ? undefined : scope.shared.random.pick(CONDITIONS));
    if (at === 0) scope.attribute(split, `default="${flow}"`);
    scope.flow(inner.last, join);
  }
  return { first: split, last: join };
}

function parallel(scope: Scope, depth: number): Block {
  const [fork, join] = [scope.add('parallelGateway', 'fork'), scope.add('parallelGateway', 'join')];
  for (let count = scope.shared.random.between(2, 3); count > 0; count -= 1) {
    const inner = sequence(scope, depth + 1);
    scope.flow(fork, inner.first);
    scope.flow(inner.last, join);
  }
  return { first: fork, last: join };
}

/** Zeebe 8.5 has no inclusive join: the branches end in a subprocess of their own, which is over when all are. */
function inclusive(scope: Scope, depth: number): Block {
  return within(scope, depth, (inner) => {
    const split = inner.add('inclusiveGateway', 'or');
    for (let count = inner.shared.random.between(2, 3), at = 0; at < count; at += 1) {
      const branch = sequence(inner, depth + 2);
      const flow = inner.flow(split, branch.first, at === 0 ? undefined : inner.shared.random.pick(CONDITIONS));
      if (at === 0) inner.attribute(split, `default="${flow}"`);
      inner.flow(branch.last, inner.add('endEvent', 'end'));
    }
    return split;
  });
}

/** A subprocess around what `fill` builds and returns the first element of. */
function within(scope: Scope, _depth: number, fill: (inner: Scope) => string, loop = ''): Block {
  const inner = new Scope(scope.shared);
  const start = inner.add('startEvent', 'start');
  inner.flow(start, fill(inner));
  return single(scope.add('subProcess', 'sub', { inside: loop + inner.xml(), extensions: loop === '' ? someMappings(scope) : '' }));
}

function closed(inner: Scope, depth: number): string {
  const body = sequence(inner, depth + 1);
  inner.flow(body.last, inner.add('endEvent', 'end'));
  return body.first;
}

function subProcess(scope: Scope, depth: number): Block {
  return within(scope, depth, (inner) => closed(inner, depth));
}

/** At most three times round. */
function loop(scope: Scope, depth: number): Block {
  const counter = scope.shared.name('n');
  const reset = scope.add('scriptTask', 'reset', { extensions: scriptExtension('0', counter) });
  const [back, again] = [scope.add('exclusiveGateway', 'back'), scope.add('exclusiveGateway', 'again')];
  const body = sequence(scope, depth + 1);
  const count = scope.add('scriptTask', 'count', { extensions: scriptExtension(`${counter} + 1`, counter) });
  const leave = scope.add('intermediateThrowEvent', 'leave');
  scope.flow(reset, back);
  scope.flow(back, body.first);
  scope.flow(body.last, count);
  scope.flow(count, again);
  scope.flow(again, back, `${counter} < ${scope.shared.random.between(2, 3)}`);
  scope.attribute(again, `default="${scope.flow(again, leave)}"`);
  return { first: reset, last: leave };
}

function loopCharacteristics(scope: Scope, element: string): string {
  const { random } = scope.shared;
  const collection = random.pick(['[1,2]', 'list', 'for x in 1..3 return x + a', '[]']);
  const output = random.chance(0.6) ? `outputCollection="outs" outputElement="=${element}"` : '';
  return `<bpmn:multiInstanceLoopCharacteristics isSequential="${random.chance(0.5)}"><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=${collection}" inputElement="each" ${output}/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>`;
}

function multiInstance(scope: Scope): Block {
  return single(scope.add('serviceTask', 'multi', { extensions: job(scope), inside: loopCharacteristics(scope, scope.shared.random.pick(['each * 2', 'a', '{e: each, a: a}'])) }));
}

function multiInstanceSub(scope: Scope, depth: number): Block {
  return within(scope, depth, (inner) => closed(inner, Math.max(depth + 1, 2)), loopCharacteristics(scope, 'each'));
}

/** A task or subprocess with something attached; the two ways meet again. */
function attached(scope: Scope, depth: number, host: string, inside: string, kind: string, interrupting: boolean): Block {
  const event = scope.add('boundaryEvent', kind, { attributes: `attachedToRef="${host}" cancelActivity="${interrupting}"`, inside });
  const detour = sequence(scope, depth + 1);
  scope.flow(event, detour.first);
  if (!interrupting) {
    scope.flow(detour.last, scope.add('endEvent', 'end'));
    return single(host);
  }
  const join = scope.add('exclusiveGateway', 'merge');
  scope.flow(detour.last, join);
  scope.flow(host, join);
  return { first: host, last: join };
}

function errorBoundary(scope: Scope, depth: number): Block {
  const { random } = scope.shared;
  const code = random.pick(['E1', 'E2']);
  const host = random.chance(0.5) ? scope.add('serviceTask', 'risky', { extensions: job(scope) }) : subProcess(scope, depth).first;
  const ref = random.chance(0.7) ? `errorRef="${code}"` : '';
  return attached(scope, depth, host, `<bpmn:errorEventDefinition id="${scope.shared.name('def')}" ${ref}/>`, 'caught', true);
}

function messageBoundary(scope: Scope, depth: number): Block {
  const host = scope.shared.random.chance(0.5) ? task(scope).first : subProcess(scope, depth).first;
  return attached(scope, depth, host, `<bpmn:messageEventDefinition id="${scope.shared.name('def')}" messageRef="${scope.shared.message()}"/>`, 'heard', scope.shared.random.chance(0.6));
}

/** Nobody works on a task called `stall`, so that its timer fires. */
function timerBoundary(scope: Scope, depth: number): Block {
  const fires = scope.shared.random.chance(0.6);
  const host = scope.add('serviceTask', fires ? 'stall' : 'task', { extensions: job(scope) });
  return attached(scope, depth, host, timer(scope, fires ? 'PT0.05S' : 'PT1H'), 'late', true);
}

/** An event-based gateway: whichever message comes first. */
function race(scope: Scope): Block {
  const [gateway, join] = [scope.add('eventBasedGateway', 'race'), scope.add('exclusiveGateway', 'merge')];
  for (const event of [wait(scope).first, wait(scope).first, scope.add('intermediateCatchEvent', 'never', { inside: timer(scope, 'PT1H') })]) {
    scope.flow(gateway, event);
    const after = scope.shared.random.chance(0.5) ? task(scope).first : script(scope).first;
    scope.flow(event, after);
    scope.flow(after, join);
  }
  return { first: gateway, last: join };
}

/** Calls a small process of its own. */
function callActivity(scope: Scope): Block {
  const { shared } = scope;
  const inner = new Scope(shared);
  const id = `child${shared.children.length + 1}${shared.suffix}`;
  const start = inner.add('startEvent', 'start');
  const body = sequence(inner, 3);
  inner.flow(start, body.first);
  inner.flow(body.last, inner.add('endEvent', 'end'));
  shared.children.push(`<bpmn:process id="${id}" isExecutable="true">${inner.xml()}</bpmn:process>`);
  const all = shared.random.chance(0.5);
  return single(scope.add('callActivity', 'call', { extensions: `<zeebe:calledElement processId="${id}" propagateAllChildVariables="${all}"/>${all ? '' : mappings([['a', 'a']], [['a', 'fromChild']])}` }));
}

import { scenarios } from '../scenario.ts';
import type { Transcript } from '../transcript.ts';

const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
const drg = (inside: string, attributes = 'id="drg§" name="DRG" namespace="n"', ns = 'https://www.omg.org/spec/DMN/20191111/MODEL/'): string => `<definitions xmlns="${ns}" ${attributes}>${inside}</definitions>`;
const text = (expression: string): string => `<text>${escape(expression)}</text>`;
let needed = 0;
const needs = (...requires: string[]): string => requires.map((each) => (each.startsWith('k') ? `<knowledgeRequirement id="n${(needed += 1)}"><requiredKnowledge href="#${each}"/></knowledgeRequirement>` : each.startsWith('in') ? `<informationRequirement id="n${(needed += 1)}"><requiredInput href="#${each}"/></informationRequirement>` : `<informationRequirement id="n${(needed += 1)}"><requiredDecision href="#${each}"/></informationRequirement>`)).join('');
const decision = (id: string, logic: string, requires: string[] = [], variable = `<variable id="${id}_v" name="${id.replace('§', '')}"/>`): string => `<decision id="${id}" name="${id}">${variable}${needs(...requires)}${logic}</decision>`;
const literal = (expression: string, id = 'l', attributes = ''): string => `<literalExpression id="${id}" ${attributes}>${text(expression)}</literalExpression>`;
interface Table { policy?: string; attributes?: string; inputs?: string[]; outputs?: (string | [name: string, more: string])[]; rules: [tests: string[], results: string[]][] }
function table({ policy = 'UNIQUE', attributes = '', inputs = ['x'], outputs = ['y'], rules }: Table): string {
  const input = (expression: string, at: number): string => `<input id="i${at}" label="in ${expression}"><inputExpression id="e${at}">${text(expression)}</inputExpression></input>`;
  const output = (each: string | [string, string], at: number): string => (typeof each === 'string' ? `<output id="o${at}" name="${each}" label="out ${each}"/>` : `<output id="o${at}" name="${each[0]}">${each[1]}</output>`);
  const rule = ([tests, results]: [string[], string[]], at: number): string => `<rule id="r${at}">${tests.map((each, n) => `<inputEntry id="r${at}i${n}">${text(each)}</inputEntry>`).join('')}${results.map((each, n) => `<outputEntry id="r${at}o${n}">${text(each)}</outputEntry>`).join('')}</rule>`;
  return `<decisionTable id="t" hitPolicy="${policy}" ${attributes}>${inputs.map(input).join('')}${outputs.map(output).join('')}${rules.map(rule).join('')}</decisionTable>`;
}
const steps: Table['rules'] = [[['< 5'], ['1']], [['< 10'], ['2']], [['< 20'], ['2']], [['< 40'], ['"text"']]];
let unique = 0;
const values = (list: string): string => `<outputValues id="ov${(unique += 1)}">${text(list)}</outputValues>`;
const context = (...entries: [name: string | undefined, expression: string][]): string => `<context id="c">${entries.map(([name, expression], at) => `<contextEntry id="ce${at}">${name === undefined ? '' : `<variable id="cv${at}" name="${name}"/>`}${literal(expression, `cl${at}`)}</contextEntry>`).join('')}</context>`;
const bkm = (id: string, parameters: string[], body: string, requires: string[] = []): string => `<businessKnowledgeModel id="${id}" name="${id}"><variable id="${id}_v" name="${id}"/><encapsulatedLogic id="${id}_f">${parameters.map((each) => `<formalParameter id="${id}_${each}" name="${each}"/>`).join('')}${body}</encapsulatedLogic>${needs(...requires)}</businessKnowledgeModel>`;
const input = (id: string): string => `<inputData id="${id}" name="${id}"><variable id="${id}_v" name="${id}"/></inputData>`;

/** Deploys a model and evaluates `d` with each of the variables, telling everything the answer holds. */
const evaluates = (xml: string, ...runs: Record<string, never>[] | { [name: string]: unknown }[]) => async (t: Transcript): Promise<void> => {
  await t.deploy({ 'd§.dmn': xml });
  for (const variables of runs.length === 0 ? [{}] : runs) await t.evaluateFully('d§', variables as never);
};
/** Zeebe trips over these with an exception of its own code, or names an object of its memory. */
const TRIPS = new Set(['a model without id', 'a decision without id', 'a decision with a function as logic']);
const refused = (name: string, xml: string) => (t: Transcript): Promise<void> => t.check({ 'd§.dmn': xml }, !TRIPS.has(name));
const policies: Record<string, Table> = Object.fromEntries([
  ['UNIQUE', ''], ['FIRST', ''], ['ANY', ''], ['PRIORITY', ''], ['RULE ORDER', ''], ['OUTPUT ORDER', ''], ['COLLECT', ''],
  ['COLLECT', 'aggregation="SUM"'], ['COLLECT', 'aggregation="MIN"'], ['COLLECT', 'aggregation="MAX"'], ['COLLECT', 'aggregation="COUNT"'],
].map(([policy, attributes]) => [`${policy} ${attributes}`.trim(), { policy: policy!, attributes: attributes!, outputs: [['y', values('2, 1, "text"')]], rules: steps } satisfies Table]));
const X = [{ x: 1 }, { x: 12 }, { x: 30 }, { x: 90 }, { x: 'a' }, {}];

export default scenarios({
  ...Object.fromEntries(Object.entries(policies).map(([name, each]) => [`a table with hit policy ${name}`, evaluates(drg(decision('d§', table(each))), ...X)])),
  'several inputs and outputs': evaluates(drg(decision('d§', table({ policy: 'FIRST', inputs: ['x', 'y.z', 'x + 1'], outputs: ['a', 'b'], rules: [[['1', '"k"', '-'], ['x', '{v: y.z}']], [['[1..5]', '-', '> 3'], ['"two"', 'null']], [['-', 'not("k")', '-'], ['[x]', 'date("2024-02-29")']]] }))), { x: 1, y: { z: 'k' } }, { x: 4, y: { z: 'q' } }, { x: 9, y: { z: 'q' } }, { x: 9, y: { z: 'k' } }, { x: 1 }),
  'collected contexts': evaluates(drg(decision('d§', table({ policy: 'COLLECT', outputs: ['a', 'b'], rules: [[['> 1'], ['1', '"p"']], [['> 2'], ['2', '"q"']]] }))), { x: 5 }, { x: 0 }),
  'default outputs': evaluates(drg(decision('d§', table({ outputs: [['a', `<defaultOutputEntry id="do">${text('"none"')}</defaultOutputEntry>`]], rules: [[['1'], ['"one"']]] }))), { x: 1 }, { x: 2 }),
  'priorities of two outputs': evaluates(drg(decision('d§', table({ policy: 'PRIORITY', outputs: [['a', values('"high","low"')], ['b', values('2,1')]], rules: [[['> 0'], ['"low"', '1']], [['> 0'], ['"high"', '1']], [['> 1'], ['"high"', '2']]] }))), { x: 1 }, { x: 2 }),
  'the order of two outputs': evaluates(drg(decision('d§', table({ policy: 'OUTPUT ORDER', outputs: [['a', values('"high","low"')], ['b', values('2,1')]], rules: [[['> 0'], ['"low"', '1']], [['> 0'], ['"high"', '1']], [['> 1'], ['"high"', '2']]] }))), { x: 1 }, { x: 2 }),
  'a table without rules': evaluates(drg(decision('d§', table({ rules: [] }))), { x: 1 }),
  'a table without inputs': evaluates(drg(decision('d§', table({ policy: 'COLLECT', inputs: [], rules: [[[], ['1']], [[], ['2']]] })))),
  'tests with the input itself': evaluates(drg(decision('d§', table({ policy: 'COLLECT', rules: [[['contains(?, "b")'], ['1']], [['? = "abc"'], ['2']], [['starts with(?, "a") and string length(?) > 2'], ['3']], [['list contains(["abc"], ?)'], ['4']], [['not("abc")'], ['5']], [['"abc","x"'], ['6']], [['string length(upper case(?)) = 3'], ['7']], [['for y in [?] return y'], ['8']], [['some y in ["abc"] satisfies y = ?'], ['9']], [['["x","abc"]'], ['10']], [['x'], ['11']], [['null'], ['12']]] }))), { x: 'abc' }, { x: 'x' }, { x: null }),
  'tests of numbers and dates': evaluates(drg(decision('d§', table({ policy: 'COLLECT', rules: [[['< 5'], ['1']], [['[1..5]'], ['2']], [[']1..5['], ['3']], [['(1..5)'], ['4']], [['> 1, < 0'], ['5']], [['5'], ['6']], [['5.0'], ['7']], [['not(5, 6)'], ['8']], [['? > limit'], ['9']], [['limit'], ['10']], [['> limit'], ['11']], [['abs(?) = 5'], ['12']], [['date(?) = null'], ['13']]] }))), { x: 5, limit: 3 }, { x: -5, limit: 5 }, { x: 3 }),
  'a rule that fails': evaluates(drg(decision('d§', table({ policy: 'COLLECT', rules: [[['assert(?, ? > 1)'], ['1']], [['-'], ['2']]] }))), { x: 1 }, { x: 2 }),
  'an output that fails': evaluates(drg(decision('d§', table({ policy: 'COLLECT', rules: [[['1'], ['assert(x, false, "no")']], [['-'], ['nope + 1']]] }))), { x: 1 }, { x: 2 }),
  'an input that fails': evaluates(drg(decision('d§', table({ inputs: ['assert(x, x > 1)'], rules: [[['-'], ['1']]] }))), { x: 1 }, { x: 2 }),
  'results of every kind': evaluates(drg(decision('d§', literal('{n: 1.50, big: 9007199254740993, d: date("2024-02-29"), t: time("10:00:00"), p: duration("P1D"), l: [1, null], s: "a", b: true, f: function(x) x, whole: 1/3*3}')))),
  'a literal expression with variables': evaluates(drg(decision('d§', literal('x * 2 + nope'))), { x: 2 }, { x: 2, nope: 1 }),
  'a literal expression that fails': evaluates(drg(decision('d§', literal('assert(x, x > 1)'))), { x: 1 }),
  'a result of another type than its variable': evaluates(drg(decision('d§', literal('x'), [], '<variable id="v" name="d" typeRef="number"/>')), { x: 1 }, { x: 'a' }, {}),
  'a boxed context': evaluates(drg(decision('d§', context(['a', 'x + 1'], ['b', 'a * 2']))), { x: 1 }),
  'a boxed context with a result': evaluates(drg(decision('d§', context(['a', 'x + 1'], ['b', 'a * 2'], [undefined, 'a + b']))), { x: 1 }),
  'a boxed list': evaluates(drg(decision('d§', `<list id="li">${literal('x', 'l1')}${literal('x + 1', 'l2')}</list>`)), { x: 1 }),
  'a relation': evaluates(drg(decision('d§', `<relation id="re"><column id="c1" name="a"/><column id="c2" name="b"/><row id="r1">${literal('x', 'l1')}${literal('"p"', 'l2')}</row><row id="r2">${literal('x + 1', 'l3')}${literal('"q"', 'l4')}</row></relation>`)), { x: 1 }),
  'a knowledge model called by an expression': evaluates(drg(decision('d§', literal('k(x, 2) + 1'), ['k']) + bkm('k', ['a', 'b'], literal('a * b', 'kl'))), { x: 3 }),
  'a knowledge model that is a table': evaluates(drg(decision('d§', literal('k(x)'), ['k']) + bkm('k', ['x'], table({ rules: [[['< 5'], ['"low"']], [['>= 5'], ['"high"']]] }))), { x: 3 }, { x: 7 }),
  'a knowledge model that needs another': evaluates(drg(decision('d§', literal('k(x)'), ['k']) + bkm('k', ['a'], literal('k2(a) + 1', 'kl'), ['k2']) + bkm('k2', ['a'], literal('a * 10', 'k2l'))), { x: 3 }),
  'an invocation': evaluates(drg(decision('d§', `<invocation id="inv">${literal('k', 'il')}<binding><parameter id="pa" name="a"/>${literal('x + 1', 'b1')}</binding><binding><parameter id="pb" name="b"/>${literal('10', 'b2')}</binding></invocation>`, ['k']) + bkm('k', ['a', 'b'], literal('a * b', 'kl'))), { x: 3 }),
  'a knowledge model that is not required': evaluates(drg(decision('d§', literal('k(x)')) + bkm('k', ['a'], literal('a', 'kl'))), { x: 3 }),
  'required decisions': evaluates(drg(input('in1') + decision('d§', literal('base + other'), ['base§', 'other§', 'in1']) + decision('base§', literal('x * 2', 'l2')) + decision('other§', table({ rules: [[['< 5'], ['1']], [['>= 5'], ['2']]] }))), { x: 3 }, { x: 9 }, {}),
  'a decision required by two': evaluates(drg(decision('d§', literal('a + b'), ['a§', 'b§']) + decision('a§', literal('base + 1', 'la'), ['base§']) + decision('b§', literal('base + 2', 'lb'), ['base§']) + decision('base§', literal('x', 'lbase'))), { x: 3 }),
  'a required decision that fails': evaluates(drg(decision('d§', literal('base + 1'), ['base§']) + decision('base§', literal('assert(x, x > 1)', 'l2'))), { x: 1 }, { x: 2 }),
  'a required table with several hits': evaluates(drg(decision('d§', literal('base'), ['base§']) + decision('base§', table({ rules: steps }))), { x: 1 }),
  'a required decision without variable': evaluates(drg(decision('d§', literal('base + 1'), ['base§']) + decision('base§', literal('x', 'l2'), [], '')), { x: 1 }),
  'a decision by another name of its variable': evaluates(drg(decision('d§', literal('amount + 1'), ['base§']) + decision('base§', literal('x', 'l2'), [], '<variable id="bv" name="amount"/>')), { x: 1 }),
  'a variable and a decision of one name': evaluates(drg(decision('d§', literal('base'), ['base§']) + decision('base§', literal('"decided"', 'l2'))), { base: 'given' }),
  'no such decision': async (t) => {
    await t.evaluateFully('d§', {});
    await t.evaluate({ decisionKey: '2251799813999999' });
    await t.evaluate({});
  },
  'decisions in their order and by key': async (t) => {
    const { keys } = await t.deploy({ 'e§.dmn': drg(decision('e§', literal('2', 'l2')), 'id="drge§" name="DRG" namespace="n"') });
    await t.evaluate({ decisionKey: keys[0]! });
    await t.deploy({ 'd§.dmn': drg(decision('d§', literal('1'))) });
    await t.deploy({ 'd§.dmn': drg(decision('d§', literal('3'))) });
    await t.evaluateFully('d§', {});
    await t.evaluateFully('e§', {});
  },
  // ---------------------------------------------------------------- refused
  ...Object.fromEntries(Object.entries({
    'no XML': 'nonsense',
    'another XML': '<other/>',
    'another namespace': drg(decision('d§', literal('1')), undefined, 'urn:dmn'),
    'DMN 1.1': drg(decision('d§', literal('1')), undefined, 'http://www.omg.org/spec/DMN/20151101/dmn.xsd'),
    'DMN 1.2': drg(decision('d§', literal('1')), undefined, 'http://www.omg.org/spec/DMN/20180521/MODEL/'),
    'DMN 1.4': drg(decision('d§', literal('1')), undefined, 'https://www.omg.org/spec/DMN/20211108/MODEL/'),
    'no decision': drg(''),
    'a model without id': drg(decision('d§', literal('1')), 'name="DRG" namespace="n"'),
    'a model without name': drg(decision('d§', literal('1')), 'id="drg§" namespace="n"'),
    'a model without namespace': drg(decision('d§', literal('1')), 'id="drg§" name="DRG"'),
    'a decision without id': drg('<decision name="D"><literalExpression id="l"><text>1</text></literalExpression></decision>'),
    'a decision without name': drg('<decision id="d§"><literalExpression id="l"><text>1</text></literalExpression></decision>'),
    'a decision without logic': drg(decision('d§', '')),
    'a decision with a function as logic': drg(decision('d§', `<functionDefinition id="f">${literal('1')}</functionDefinition>`)),
    'an empty literal expression': drg(decision('d§', literal(''))),
    'a literal expression without text': drg(decision('d§', '<literalExpression id="l"/>')),
    'a broken literal expression': drg(decision('d§', literal('1 +'))),
    'another expression language': drg(decision('d§', literal('1', 'l', 'expressionLanguage="groovy"'))),
    'two decisions of one id': drg(decision('d§', literal('1')) + decision('d§', literal('2', 'l2'))),
    'a required decision that is not there': drg(decision('d§', literal('1'), ['nobody'])),
    'a required knowledge model that is not there': drg(decision('d§', literal('1'), ['knobody'])),
    'a circle of decisions': drg(decision('d§', literal('1'), ['e§']) + decision('e§', literal('2', 'l2'), ['d§'])),
    'a decision that requires itself': drg(decision('d§', literal('1'), ['d§'])),
    'a table without output': drg(decision('d§', table({ outputs: [], rules: [] }))),
    'an unknown hit policy': drg(decision('d§', table({ policy: 'RANDOM', rules: [] }))),
    'an unknown aggregation': drg(decision('d§', table({ policy: 'COLLECT', attributes: 'aggregation="AVG"', rules: [] }))),
    'an aggregation of several outputs': drg(decision('d§', table({ policy: 'COLLECT', attributes: 'aggregation="SUM"', outputs: ['a', 'b'], rules: [] }))),
    'an aggregation without COLLECT': drg(decision('d§', table({ policy: 'UNIQUE', attributes: 'aggregation="SUM"', rules: steps }))),
    'several outputs without names': drg(decision('d§', table({ outputs: ['', ''], rules: [] }))),
    'too few output entries': drg(decision('d§', table({ outputs: ['a', 'b'], rules: [[['1'], ['1']]] }))),
    'too few input entries': drg(decision('d§', table({ inputs: ['x', 'y'], rules: [[['1'], ['1']]] }))),
    'too many input entries': drg(decision('d§', table({ rules: [[['1', '2'], ['1']]] }))),
    'an empty output entry': drg(decision('d§', table({ rules: [[['1'], ['']]] }))),
    'a dash as output entry': drg(decision('d§', table({ rules: [[['1'], ['-']]] }))),
    'an empty input entry': drg(decision('d§', table({ rules: [[[''], ['1']]] }))),
    'a broken input entry': drg(decision('d§', table({ rules: [[['>>'], ['1']]] }))),
    'a broken output entry': drg(decision('d§', table({ rules: [[['1'], ['1 +']]] }))),
    'a broken input expression': drg(decision('d§', table({ inputs: ['1 +'], rules: [] }))),
    'an empty input expression': drg(decision('d§', table({ inputs: [''], rules: [] }))),
    'two broken cells': drg(decision('d§', table({ rules: [[['>>'], ['1 +']]] }))),
    'an invocation of nothing': drg(decision('d§', `<invocation id="inv">${literal('k', 'il')}</invocation>`)),
    'children in another order': drg(`<decision id="d§" name="D">${literal('1')}<variable id="v" name="v"/></decision>`),
    'an unknown element': drg('<robot id="r"/>'),
    'an unknown attribute': drg(decision('d§', literal('1')).replace('<decision ', '<decision color="red" ')),
  }).map(([name, xml]) => [`a file is taken or refused: ${name}`, refused(name, xml)])),
});

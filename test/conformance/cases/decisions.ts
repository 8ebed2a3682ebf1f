import { mapping } from '../../support/bpmn.ts';
import { line, node } from '../diagrams.ts';
import { scenarios } from '../scenario.ts';

const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
const definitions = (inside: string, id = 'drg§') => `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="${id}" name="DRG" namespace="http://guicheng/test">${inside}</definitions>`;
const literal = (id: string, expression: string, requires: string[] = []) => `<decision id="${id}" name="${id}"><variable id="${id}_v" name="${id.replace('§', '')}"/>${requires.map((each, at) => `<informationRequirement id="${id}_r${at}"><requiredDecision href="#${each}"/></informationRequirement>`).join('')}<literalExpression id="${id}_l"><text>${escape(expression)}</text></literalExpression></decision>`;
const table = (id: string, rules: [string, string][], policy = 'UNIQUE', attributes = '') =>
  `<decision id="${id}" name="${id}"><decisionTable id="${id}_t" hitPolicy="${policy}" ${attributes}><input id="${id}_i" label="x"><inputExpression id="${id}_e" typeRef="number"><text>x</text></inputExpression></input><output id="${id}_o" name="y"/>${rules.map(([when, then], at) => `<rule id="${id}_${at}"><inputEntry id="${id}_${at}i"><text>${escape(when)}</text></inputEntry><outputEntry id="${id}_${at}o"><text>${escape(then)}</text></outputEntry></rule>`).join('')}</decisionTable></decision>`;
const task = (decisionId: string, extra = '') => line('p§', { a: node('businessRuleTask', 'a', '', '', `<zeebe:calledDecision decisionId="${decisionId}" resultVariable="y"/>${extra}`) });

export default scenarios({
  'a business rule task evaluates a table': async (t) => {
    await t.deploy({ 'd§.dmn': definitions(table('d§', [['< 5', '"low"'], ['>= 5', '"high"']])), 'p§.bpmn': task('d§') });
    await t.run('p§', { x: 1 });
    await t.run('p§', { x: 9 });
  },
  'no rule matches: null': async (t) => {
    await t.deploy({ 'd§.dmn': definitions(table('d§', [['< 5', '"low"']])), 'p§.bpmn': task('d§') });
    await t.run('p§', { x: 9 });
  },
  'a task with mappings around a decision': async (t) => {
    await t.deploy({ 'd§.dmn': definitions(table('d§', [['< 5', '"low"'], ['-', '"any"']], 'FIRST')), 'p§.bpmn': task('d§', mapping([['=amount / 10', 'x']], [['=y', 'level']])) });
    await t.run('p§', { amount: 40 });
  },
  'hit policies': async (t) => {
    const rules: [string, string][] = [['< 5', '1'], ['< 10', '2'], ['< 20', '2']];
    for (const [policy, attributes] of [['FIRST'], ['RULE ORDER'], ['COLLECT'], ['COLLECT', 'aggregation="SUM"'], ['COLLECT', 'aggregation="MAX"'], ['COLLECT', 'aggregation="MIN"'], ['COLLECT', 'aggregation="COUNT"'], ['UNIQUE'], ['ANY']] as const) {
      await t.deploy({ 'd§.dmn': definitions(table('d§', rules, policy, attributes)) });
      for (const x of [1, 7, 30]) await t.evaluate({ decisionId: 'd§' }, { x });
    }
  },
  'a failed decision is an incident, gone after resolving': async (t) => {
    await t.deploy({ 'd§.dmn': definitions(table('d§', [['< 5', '1'], ['< 10', '2']])), 'p§.bpmn': task('d§') });
    const key = await t.create('p§', { x: 1 });
    await t.isRunning(key);
    await t.setVariables(key, { x: 7 });
    await t.resolveIncidents();
    await t.isRunning(key);
  },
  'a decision that is not there is an incident': async (t) => {
    await t.deploy({ 'p§.bpmn': task('=which') });
    const key = await t.create('p§', { which: 'd§' });
    await t.create('p§', { which: 7 });
    await t.deploy({ 'd§.dmn': definitions(literal('d§', '7')) });
    await t.resolveIncidents();
    await t.isRunning(key);
  },
  'decisions require each other': async (t) => {
    await t.deploy({ 'd§.dmn': definitions(literal('base§', 'x * 2') + literal('d§', 'base + 1', ['base§'])), 'p§.bpmn': task('d§') });
    await t.run('p§', { x: 10 });
    await t.evaluate({ decisionId: 'd§' }, { x: 1 });
    await t.evaluate({ decisionId: 'base§' }, { x: 1 });
  },
  'a task takes the newest version of a decision': async (t) => {
    await t.deploy({ 'd§.dmn': definitions(literal('d§', '1')), 'p§.bpmn': task('d§') });
    await t.deploy({ 'd§.dmn': definitions(literal('d§', '2')) });
    await t.run('p§');
  },
  'evaluating by key, by unknown id, by unknown key, by nothing': async (t) => {
    const { keys } = await t.deploy({ 'd§.dmn': definitions(literal('d§', 'x + 1')) });
    for (const decisionKey of keys) await t.evaluate({ decisionKey }, { x: 1 });
    await t.evaluate({ decisionId: 'none§' });
    await t.evaluate({ decisionKey: '2251799813999999' });
    await t.evaluate({});
    await t.evaluate({ decisionKey: keys[0]!, decisionId: 'd§' }, { x: 2 });
  },
  'a failing evaluation is an answer': async (t) => {
    await t.deploy({ 'd§.dmn': definitions(literal('base§', 'assert(x, x > 0)') + literal('d§', 'base', ['base§'])) });
    await t.evaluate({ decisionId: 'd§' }, { x: 0 });
    await t.evaluate({ decisionId: 'd§' }, { x: 1 });
  },
  'missing inputs': async (t) => {
    await t.deploy({ 'd§.dmn': definitions(table('d§', [['< 5', '"low"'], ['null', '"none"']], 'FIRST')) });
    await t.evaluate({ decisionId: 'd§' }, {});
    await t.evaluate({ decisionId: 'd§' }, { x: 'text' });
  },
  'broken decisions are refused': async (t) => {
    await t.deploy({ 'd§.dmn': definitions(literal('d§', '1 +')) });
    await t.deploy({ 'd§.dmn': '<definitions' });
    await t.deploy({ 'd§.dmn': '<other/>' });
    await t.deploy({ 'd§.dmn': definitions('') });
    await t.deploy({ 'd§.dmn': definitions(table('d§', [['< 5', '']])) });
  },
});

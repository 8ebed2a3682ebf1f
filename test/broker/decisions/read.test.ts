import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DecisionModelError, readDecisions } from '../../../engine/broker/decisions/index.ts';

const diagram = (name: string): string => readFileSync(new URL(`./${name}.dmn`, import.meta.url), 'utf8');

describe('reading decisions', () => {
  it('gives the DRG and its decisions in the order of the file', () => {
    const model = readDecisions(diagram('required'));
    expect(model).toMatchObject({ id: 'required', name: 'required', namespace: 'http://example.org/dmn' });
    expect(model.decisions.map(({ id, name, type, requiredDecisions }) => [id, name, type, requiredDecisions])).toEqual([
      ['fee', 'Fee', 'LITERAL_EXPRESSION', ['risk', 'base']],
      ['risk', 'Risk level', 'DECISION_TABLE', ['base']],
      ['base', 'Base', 'LITERAL_EXPRESSION', []],
    ]);
  });

  // each changes one place of a valid file into one Zeebe 8.5 refuses
  it.each<[string, string, string, string, RegExp]>([
    ['a cell that is no unary test', 'unique', '&lt; 18', '=5', /^FEEL unary-tests: failed to parse expression '=5'/],
    ['an output that is no FEEL', 'unique', '"minor"', '1 +', /^FEEL expression: failed to parse expression '1 \+'/],
    ['an empty output', 'unique', '"minor"', '', /^FEEL expression: failed to parse expression ''/],
    ['a dash as output', 'unique', '"minor"', '-', /^FEEL expression: failed to parse expression '-'/],
    ['an input that is no FEEL', 'unique', '<text>age</text>', '<text>a b</text>', /^FEEL expression: failed to parse expression 'a b'/],
    ['an empty input', 'unique', '<text>age</text>', '<text></text>', /^FEEL expression: failed to parse expression ''/],
    ['an unknown hit policy', 'first', 'FIRST', 'LAST', /Unable to parse model/],
    ['an aggregator over several outputs', 'several-outputs', 'hitPolicy="COLLECT"', 'hitPolicy="COLLECT" aggregation="SUM"', /aggregator is not defined for compound output/],
    ['several outputs without a name', 'several-outputs', 'name="points"', '', /no output name defined for/],
    ['a required decision that is not there', 'required', 'href="#risk"', 'href="#nope"', /Unable to find a model element instance for id nope/],
    ['decisions that require each other', 'required', '<variable name="base_amount"/>', '<variable name="base_amount"/><informationRequirement><requiredDecision href="#fee"/></informationRequirement>', /Cyclic dependencies between decisions detected/],
    ['another expression language', 'literal', 'id="total_literal"', 'expressionLanguage="javascript"', /Expression language 'javascript' is not supported/],
    ['a decision without logic', 'literal', '<literalExpression id="total_literal"><text>a + b</text></literalExpression>', '', /unsupported decision expression 'null'/],
    ['an invocation of what is not required', 'knowledge', '<literalExpression><text>interest</text></literalExpression>', '<literalExpression><text>other</text></literalExpression>', /no BKM found with name 'other'/],
    ['a decision without id', 'unique', '<decision id="level"', '<decision', /decision has no id/],
    ['another root', 'unique', 'DMN/20191111/MODEL', 'BPMN/20191111/MODEL', /Unable to parse model/],
    ['text that is not well-formed', 'unique', '</definitions>', '</oops>', /Unable to parse model/],
  ])('refuses %s', (_, name, part, replacement, message) => {
    // given
    const xml = diagram(name);
    expect(xml).toContain(part);
    // when
    const reading = (): unknown => readDecisions(xml.replace(part, replacement));
    // then
    expect(reading).toThrow(DecisionModelError);
    expect(reading).toThrow(message);
  });
});

import { compileExpression, FeelSyntaxError } from '../../contract/feel/index.ts';
import type { CompiledExpression } from '../../contract/feel/index.ts';
import { child, childrenOf } from '../model/xml.ts';
import type { XmlElement } from '../model/xml.ts';
import { DecisionModelError } from './model.ts';
import type { Logic, Parameter } from './model.ts';

/** Reads the one boxed or literal expression inside an element. */
type Inner = (parent: XmlElement, where: string) => Logic | undefined;

/** Reads a literal expression or one of the boxed ones. @throws DecisionModelError */
export function readLogic(element: XmlElement, where: string, inner: Inner, parameters: (element: XmlElement) => Parameter[]): Logic {
  const value = (parent: XmlElement, place: string): Logic => {
    const logic = inner(parent, place);
    if (logic === undefined) throw new DecisionModelError(`${place} holds no expression`);
    return logic;
  };
  switch (element.name) {
    case 'literalExpression': return { type: 'LITERAL_EXPRESSION', expression: literalOf(element) };
    case 'context': return {
      type: 'CONTEXT',
      entries: childrenOf(element, 'contextEntry').map((entry) => {
        const name = child(entry, 'variable')?.attrs['name'];
        const read = value(entry, `${where}, context entry '${name ?? 'result'}'`);
        return name === undefined ? { value: read } : { name, value: read };
      }),
    };
    case 'list': return {
      type: 'LIST',
      items: element.children.filter(({ ns }) => ns === element.ns).map((item, index) => value({ ...element, children: [item] }, `${where}, list item ${index + 1}`)),
    };
    case 'relation': {
      const columns = childrenOf(element, 'column').map(({ attrs }) => attrs['name'] ?? '');
      return {
        type: 'RELATION',
        rows: childrenOf(element, 'row').map((row, index) => row.children.filter(({ ns }) => ns === row.ns).map((cell, at) => ({
          column: columns[at] ?? '', value: value({ ...row, children: [cell] }, `${where}, row ${index + 1}`),
        }))),
      };
    }
    case 'invocation': return {
      type: 'INVOCATION',
      knowledge: (child(child(element, 'literalExpression') ?? element, 'text')?.text ?? '').trim(),
      bindings: childrenOf(element, 'binding').map((binding) => {
        const parameter = child(binding, 'parameter')?.attrs['name'] ?? '';
        return { parameter, value: value(binding, `${where}, parameter '${parameter}'`) };
      }),
    };
    case 'functionDefinition': return { type: 'FUNCTION', parameters: parameters(element), body: value(element, `${where}, function`) };
  }
  throw new DecisionModelError(`${where}: unsupported expression '${element.name}'`);
}

/** The compiled text of a literal expression or an entry. @throws DecisionModelError for bad FEEL or another language */
export function literalOf(element: XmlElement | undefined): CompiledExpression {
  checkLanguage(element);
  if (element !== undefined && child(element, 'text') === undefined) throw new DecisionModelError(`The expression '${element.attrs['id'] ?? ''}' must not be empty.`);
  return expressionOf(textOf(element));
}

/** @throws DecisionModelError when the text is no FEEL expression */
export function expressionOf(text: string): CompiledExpression {
  return orRefuse('FEEL expression', () => compileExpression(text));
}

export function textOf(element: XmlElement | undefined): string {
  return element === undefined ? '' : (child(element, 'text')?.text ?? '').trim();
}

/** @throws DecisionModelError for any expression language but FEEL */
export function checkLanguage(element: XmlElement | undefined): void {
  const language = element?.attrs['expressionLanguage'];
  if (language === undefined || language.toLowerCase() === 'feel' || /^https?:\/\/www\.omg\.org\/spec\/(DMN\/\d{8}\/)?FEEL\/?/i.test(language)) return;
  throw new DecisionModelError(`Expression language '${language}' is not supported`);
}

/** Runs a compilation; what it refuses is refused. */
export function orRefuse<T>(what: string, compile: () => T): T {
  try {
    return compile();
  } catch (error) {
    if (!(error instanceof FeelSyntaxError)) throw error;
    throw new DecisionModelError(`${what}: ${error.message}`, { cause: error });
  }
}

/** Reads every item; what is wrong with several is told together. @throws DecisionModelError */
export function readAll<From, To>(items: readonly From[], read: (item: From, index: number) => To): To[] {
  const problems: string[] = [];
  const results = items.flatMap((item, index): To[] => {
    try {
      return [read(item, index)];
    } catch (error) {
      if (!(error instanceof DecisionModelError)) throw error;
      problems.push(error.message);
      return [];
    }
  });
  if (problems.length > 0) throw new DecisionModelError(problems.join('\n'));
  return results;
}

import { compileExpression, FeelSyntaxError } from '../../contract/feel/index.ts';
import { extensionsOf, type Report } from './diagram.ts';
import { ZEEBE } from './namespaces.ts';
import type { XmlElement } from './xml.ts';

/** How an attribute may hold an expression. */
export interface Wanted {
  /** Whether it may be left out. */
  optional?: boolean;
  /** Whether plain text will not do. */
  feelOnly?: boolean;
}

/** Checks the text of an expression; one sentence when it is wrong. */
export function expressionProblem(text: string | undefined, { optional = false, feelOnly = false }: Wanted = {}): string | undefined {
  if (text === undefined || (text === '' && !feelOnly)) return optional ? undefined : 'Expected expression but not found.';
  if (!text.startsWith('=')) return feelOnly ? `Expected expression but found static value '${text}'. An expression must start with '=' (e.g. '=${text}').` : undefined;
  try {
    compileExpression(text.slice(1));
    return undefined;
  } catch (error) {
    if (error instanceof FeelSyntaxError) return error.message;
    throw error;
  }
}

/** Reports what is wrong with expressions in attributes of an element. */
export function checkExpressions(element: XmlElement, wanted: Record<string, Wanted>, report: Report): void {
  for (const [name, how] of Object.entries(wanted)) {
    const text = element.attrs[name];
    const problem = expressionProblem(text === '' ? undefined : text, how);
    if (problem !== undefined) report(element, problem);
  }
}

const NAME = /^[a-zA-Z_][a-zA-Z0-9_]*(\.[a-zA-Z_][a-zA-Z0-9_]*)*$/;
const RESERVED = ['null', 'true', 'false', 'function', 'if', 'then', 'else', 'for', 'between', 'instance', 'of'];

function pathProblem(path: string | undefined): string | undefined {
  if (path === undefined || path === '') return 'Expected path expression but not found.';
  if (RESERVED.includes(path)) return `Expected path expression '${path}' but is one of the reserved words (${RESERVED.join(', ')}).`;
  return NAME.test(path) ? undefined : `Expected path expression '${path}' but doesn't match the pattern '${NAME.source.slice(1, -1)}'.`;
}

/** Input and output mappings, of whatever element. */
export function checkMappings(element: XmlElement, report: Report): void {
  const mappings = extensionsOf(element, 'ioMapping', ZEEBE);
  if (mappings.length > 1) report(element, "Must have at most one 'zeebe:ioMapping' extension element");
  for (const mapping of mappings.flatMap((each) => each.children)) {
    if (mapping.ns !== ZEEBE || (mapping.name !== 'input' && mapping.name !== 'output')) continue;
    checkExpressions(mapping, { source: {} }, report);
    const problem = pathProblem(mapping.attrs['target']);
    if (problem !== undefined) report(mapping, problem);
  }
}

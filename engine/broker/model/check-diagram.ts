import { checkActivity } from './check-activities.ts';
import { checkEvent } from './check-events.ts';
import { checkMappings } from './check-extensions.ts';
import { checkGateway, checkSequenceFlow } from './check-gateways.ts';
import { checkMessages, checkRootReferences } from './check-messages.ts';
import { checkSchema } from './check-schema.ts';
import { checkScope } from './check-scopes.ts';
import { Diagram, type Report } from './diagram.ts';
import { BPMN } from './namespaces.ts';
import type { ModelProblem } from './read-process.ts';
import { parseXml, XmlSyntaxError, type XmlElement } from './xml.ts';

/** What Zeebe 8.5 knows of BPMN but does not run. */
const REFUSED: Readonly<Record<string, string>> = { complexGateway: 'ComplexGateway', transaction: 'Transaction', adHocSubProcess: 'AdHocSubProcess' };
const NOT_SUPPORTED = 'are currently not supported. Please refer to the documentation for a list of supported elements: https://docs.camunda.io/docs/components/modeler/bpmn/bpmn-coverage/';

/**
 * Everything Zeebe 8.5.8 refuses a diagram for, in its words: first what the BPMN schema forbids (only the first problem), then its own rules
 * (all problems, each with its element). Empty when the diagram can be deployed. Never throws.
 */
export function checkDiagram(xml: string): ModelProblem[] {
  let root: XmlElement;
  try {
    root = parseXml(xml);
  } catch (error) {
    if (error instanceof XmlSyntaxError) return [{ elementId: '', message: `Fatal Error: URI=null: ${error.message}` }];
    throw error;
  }
  const broken = checkSchema(root);
  if (broken !== undefined) return [{ elementId: '', message: `Error: URI=null: ${broken}` }];
  const diagram = new Diagram(root);
  if (diagram.processes.length === 0) return [{ elementId: 'definitions', message: 'Must contain at least one executable process' }];
  const problems: ModelProblem[] = [];
  const report: Report = (element, message) => void problems.push({ elementId: diagram.pathOf(element), message });
  for (const process of diagram.processes) {
    checkScope(diagram, process, report);
    for (const element of diagram.within(process)) checkElement(diagram, element, report);
  }
  checkMessages(diagram, report);
  checkRootReferences(diagram, report);
  return problems;
}

function checkElement(diagram: Diagram, element: XmlElement, report: Report): void {
  if (element.ns !== BPMN) return;
  const refused = REFUSED[element.name];
  if (refused !== undefined) report(element, `Elements of type '${refused}' ${NOT_SUPPORTED}`);
  checkScope(diagram, element, report);
  checkActivity(element, report);
  checkEvent(diagram, element, report);
  checkGateway(diagram, element, report);
  if (element.name === 'sequenceFlow') checkSequenceFlow(element, report);
  checkMappings(element, report);
}

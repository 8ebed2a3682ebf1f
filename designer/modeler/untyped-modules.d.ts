// Packages of bpmn.io without typings. What is used of them is typed where it is used.
declare module 'bpmn-js-properties-panel';
declare module 'bpmn-js-element-templates';
declare module 'bpmn-js-bpmnlint';
declare module 'bpmn-js-differ';
declare module 'bpmn-moddle';
declare module 'bpmnlint/rules/*';
declare module 'bpmnlint-plugin-camunda-compat/rules/*';
declare module 'camunda-bpmn-js-behaviors/lib/camunda-cloud';
declare module 'zeebe-bpmn-moddle/resources/zeebe.json' {
  const descriptor: object;
  export default descriptor;
}
declare module 'dmn-js/lib/Modeler';
declare module 'dmn-js-decision-table/lib/*';

declare module 'bpmnlint' {
  export class Linter {
    constructor(options: object);
    /** What each rule reports of a diagram's root. */
    lint(root: unknown): Promise<Record<string, { id: string; category: string }[]>>;
  }
}

import { isBeyondZeebe, isMadeForThisEngine, type DiagramNode } from '../beyond-zeebe.ts';

interface Reporter {
  report(id: string, message: string): void;
}

interface Rule {
  check: ((node: DiagramNode, reporter: Reporter) => void) | Partial<Record<'enter' | 'leave', (node: DiagramNode, reporter: Reporter) => void>>;
}

/** Lint rule: an element that the embedded engine alone runs keeps the diagram from running on Zeebe 8.5. */
export function notPortable() {
  return {
    check(node: DiagramNode, reporter: Reporter): void {
      if (isBeyondZeebe(node) && isMadeForThisEngine(node)) reporter.report(node.id, 'Runs on the embedded engine alone, not on Zeebe 8.5');
    },
  };
}

/** Lint rule: such an element in a diagram that does not say it is made for this engine would be refused. */
export function beyondZeebe() {
  return {
    check(node: DiagramNode, reporter: Reporter): void {
      if (isBeyondZeebe(node) && !isMadeForThisEngine(node)) reporter.report(node.id, 'Zeebe 8.5 does not run this: allow elements beyond Zeebe in the properties of the diagram, or model it otherwise');
    },
  };
}

/** A rule about what Zeebe 8.5 runs, which leaves those elements to the two rules above. */
export const exceptBeyondZeebe = (factory: (options: unknown) => Rule) => (options: unknown): Rule => {
  const rule = factory(options);
  const passing = (work: (node: DiagramNode, reporter: Reporter) => void) => (node: DiagramNode, reporter: Reporter): void => {
    if (!isBeyondZeebe(node)) work(node, reporter);
  };
  const { check } = rule;
  if (typeof check === 'function') return { ...rule, check: passing(check) };
  return { ...rule, check: Object.fromEntries(Object.entries(check).map(([when, work]) => [when, passing(work)])) };
};

interface Moddle {
  $type: string;
  id: string;
  name?: string;
}

const NAMED = /^bpmn:(.*Task|Task|CallActivity|Lane)$/;

/** Lint rule: what people read in lists and histories needs a name. Events and gateways may go without. */
export default function nameRequired() {
  return {
    check(node: Moddle, reporter: { report(id: string, message: string): void }): void {
      if (NAMED.test(node.$type) && (node.name ?? '').trim() === '') reporter.report(node.id, 'Activity has no name');
    },
  };
}

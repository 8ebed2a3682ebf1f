interface Moddle {
  $type: string;
  id: string;
  get(name: string): unknown;
  extensionElements?: { values?: (Moddle & { assignee?: string; candidateGroups?: string; candidateUsers?: string })[] };
}

/** Lint rule: a user task that names nobody is seen by nobody. */
export default function userTaskAssigned() {
  return {
    check(node: Moddle, reporter: { report(id: string, message: string): void }): void {
      if (node.$type !== 'bpmn:UserTask') return;
      const assignment = node.extensionElements?.values?.find((each) => each.$type === 'zeebe:AssignmentDefinition');
      if (!assignment?.assignee && !assignment?.candidateGroups && !assignment?.candidateUsers) reporter.report(node.id, 'User task names neither assignee nor candidate group');
    },
  };
}

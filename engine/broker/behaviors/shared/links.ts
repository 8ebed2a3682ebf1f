import { elementOf, type ExecutableElement } from '../../model/executable-process.ts';
import { modelOf } from '../../state/deployment.ts';
import type { ElementInstance } from '../../state/tables.ts';
import type { Processing } from './processing.ts';

/** Goes on at the catch event of the link's name. No record shows a flow taken (Zeebe 8.5.8). */
export function followLink(processing: Processing, element: ExecutableElement, instance: ElementInstance): void {
  const target = elementOf(modelOf(processing.state, instance.processDefinitionKey), element.link!.targetId!);
  processing.follow({ type: 'activate', elementId: target.id, scopeKey: instance.flowScopeKey, consumes: 0 });
}

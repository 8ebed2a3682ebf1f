import type { ExecutableElement, ExecutableProcess } from './executable-process.ts';

/** Leads every link throw event to the catch event of its name in its scope. Names of catch events are unique in the whole process. */
export function connectLinks(process: ExecutableProcess, report: (elementId: string, message: string) => void): void {
  const links = [...process.elements.values()].filter((element) => element.link !== undefined);
  const catches = new Map<string, ExecutableElement>();
  for (const element of links) {
    const { name } = element.link!;
    if (name === '') report(element.id, 'Link name must be present and not empty.');
    if (element.type !== 'INTERMEDIATE_CATCH_EVENT') continue;
    if (catches.has(name)) report(process.id, `Multiple intermediate catch link event definitions with the same name '${name}' are not allowed.`);
    catches.set(name, element);
  }
  for (const element of links) {
    if (element.type !== 'INTERMEDIATE_THROW_EVENT') continue;
    const target = catches.get(element.link!.name);
    if (target === undefined || target.scopeId !== element.scopeId) report(element.scopeId, `Can't find an catch link event for the throw link event with the name '${element.link!.name}'.`);
    else element.link!.targetId = target.id;
  }
}

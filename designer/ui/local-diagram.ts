import { useMemo } from 'react';
import { useLanguage } from '../i18n/index.ts';

/** Width of a letter of a label, in the diagram's px. */
const LETTER = 5.6;

/** The diagram with its elements' English names (`zeebe:property` `nameEn`) where English is shown. For viewing only: never save it. */
export function useLocalDiagram(xml: string): string {
  const { short } = useLanguage();
  return useMemo(() => (short === 'en' ? withEnglishNames(xml) : xml), [short, xml]);
}

function withEnglishNames(xml: string): string {
  const diagram = new DOMParser().parseFromString(xml, 'text/xml');
  for (const property of diagram.querySelectorAll('extensionElements > properties > property[name="nameEn"]')) {
    const element = property.closest('extensionElements')?.parentElement;
    const name = property.getAttribute('value');
    if (element?.hasAttribute('name') && name) element.setAttribute('name', fits(diagram, element, name) ? name : '');
  }
  return new XMLSerializer().serializeToString(diagram);
}

/** Boundary events stand close together: a name that is longer than its label's place would run into the next one. The lists beside the diagram have it. */
function fits(diagram: Document, element: Element, name: string): boolean {
  if (element.localName !== 'boundaryEvent') return true;
  const width = diagram.querySelector(`BPMNShape[bpmnElement="${CSS.escape(element.getAttribute('id') ?? '')}"] > BPMNLabel > Bounds`)?.getAttribute('width');
  return width === null || width === undefined || Math.max(...name.split(' ').map((word) => word.length)) * LETTER <= Number(width);
}

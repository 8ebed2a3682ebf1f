import { useMemo } from 'react';
import { useLanguage } from '../i18n/index.ts';

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
    if (element?.hasAttribute('name') && name) element.setAttribute('name', name);
  }
  return new XMLSerializer().serializeToString(diagram);
}

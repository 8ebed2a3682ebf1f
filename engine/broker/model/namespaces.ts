import type { XmlElement } from './xml.ts';

export const BPMN = 'http://www.omg.org/spec/BPMN/20100524/MODEL';
export const ZEEBE = 'http://camunda.org/schema/zeebe/1.0';

/** Root elements that events refer to by id. */
export interface Definitions {
  messages: Map<string, XmlElement>;
  errors: Map<string, XmlElement>;
  escalations: Map<string, XmlElement>;
  signals: Map<string, XmlElement>;
  /** The diagram says that it is made for this engine, not for Zeebe alone. */
  beyondZeebe: boolean;
}

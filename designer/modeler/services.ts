/** A moddle object of the diagram. */
export interface BusinessObject {
  $type: string;
  id: string;
  name?: string;
  get(name: string): unknown;
  extensionElements?: { values: BusinessObject[]; get(name: string): BusinessObject[] };
  [name: string]: unknown;
}

/** A shape or connection on the canvas. */
export interface BpmnElement {
  id: string;
  type: string;
  businessObject: BusinessObject;
}

interface Canvas {
  /** The process or collaboration the whole diagram is of. */
  getRootElement(): BpmnElement;
  zoom(level?: number | 'fit-viewport', center?: 'auto'): number;
  scrollToElement(element: BpmnElement, padding?: { top: number; left: number; bottom: number; right: number }): void;
  viewbox(box: { x: number; y: number; width: number; height: number }): unknown;
  addMarker(id: string, marker: string): void;
  removeMarker(id: string, marker: string): void;
}

/** An element template, as far as the pages show it. */
export interface ElementTemplate {
  id: string;
  name: string;
  description?: string;
  category?: { id: string; name: string };
}

interface ElementTemplates {
  /** The template applied to an element. */
  get(element: BpmnElement): ElementTemplate | null;
  /** Newest versions of the templates that fit an element. */
  getLatest(element: BpmnElement): ElementTemplate[];
  /** Applies a template as one undoable step; the element may change its type, so the one returned is the one to go on with. */
  applyTemplate(element: BpmnElement, template: ElementTemplate): BpmnElement;
  unlinkTemplate(element: BpmnElement): BpmnElement;
}

interface Services {
  elementTemplates: ElementTemplates;
  canvas: Canvas;
  elementRegistry: { get(id: string): BpmnElement | undefined; filter(keep: (element: BpmnElement) => boolean): BpmnElement[] };
  selection: { select(element: BpmnElement): void };
  commandStack: { undo(): void; redo(): void; canUndo(): boolean; canRedo(): boolean };
  modeling: { updateProperties(element: BpmnElement, properties: object): void; updateModdleProperties(element: BpmnElement, moddle: BusinessObject, properties: object): void };
  bpmnFactory: { create(type: string, attributes?: object): BusinessObject };
  overlays: { add(id: string, kind: string, overlay: object): string; remove(filter: object): void };
  eventBus: { on(event: string, listener: (event: never) => void): void };
  elementTemplatesLoader: { setTemplates(templates: object[]): void };
}

/** The services of bpmn-js that the pages use, typed. */
export interface ModelerServices {
  get<Name extends keyof Services>(name: Name): Services[Name];
}

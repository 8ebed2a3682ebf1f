import { useEffect, useImperativeHandle, useRef, useState, type Ref } from 'react';
import { CloudElementTemplatesPropertiesProviderModule } from 'bpmn-js-element-templates';
import BpmnModeler from 'bpmn-js/lib/Modeler';
import { BpmnPropertiesPanelModule, BpmnPropertiesProviderModule, ZeebePropertiesProviderModule } from 'bpmn-js-properties-panel';
import lintModule from 'bpmn-js-bpmnlint';
import zeebeBehaviors from 'camunda-bpmn-js-behaviors/lib/camunda-cloud';
import zeebeModdle from 'zeebe-bpmn-moddle/resources/zeebe.json';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn-embedded.css';
import '@bpmn-io/properties-panel/dist/assets/properties-panel.css';
import 'bpmn-js-element-templates/dist/assets/element-templates.css';
import 'bpmn-js-bpmnlint/dist/assets/css/bpmn-js-bpmnlint.css';
import './modeler.css';
import type { JsonObject } from '../../engine/contract/json.ts';
import { guichengModdle } from './beyond-zeebe.ts';
import { lintConfig } from './lint/lint-config.ts';
import { translateModule } from './translate.ts';
import type { BpmnElement, ModelerServices } from './services.ts';

/** A problem the lint found on the canvas. */
export interface LintProblem {
  elementId: string;
  elementName: string;
  rule: string;
  severity: 'error' | 'warn' | 'info';
  message: string;
}

/** What a page may ask of the modeler. */
export interface ModelerHandle {
  /** The diagram as BPMN XML. */
  xml(): Promise<string>;
  select(elementId: string): void;
  zoom(step: 1 | -1 | 'fit'): void;
  undo(): void;
  redo(): void;
  services(): ModelerServices | null;
}

export interface BpmnModelerProps {
  /** Diagram to begin with; a later change of the same prop loads anew. */
  xml: string;
  language: string;
  templates: readonly JsonObject[];
  /** Element that hosts the Zeebe property panel. */
  panelHost: HTMLElement | null;
  onChange: () => void;
  onSelect?: (element: BpmnElement | null) => void;
  onLint?: (problems: LintProblem[]) => void;
  onError?: (error: Error) => void;
  ref?: Ref<ModelerHandle>;
}

/** The BPMN editor: bpmn-js with the Zeebe properties panel, element templates and lint marks on the canvas. */
export default function BpmnModelerView({ xml, language, templates, panelHost, onChange, onSelect, onLint, onError, ref }: BpmnModelerProps) {
  const host = useRef<HTMLDivElement>(null);
  const [modeler, setModeler] = useState<BpmnModeler | null>(null);
  const listeners = useRef({ onChange, onSelect, onLint, onError });
  listeners.current = { onChange, onSelect, onLint, onError };

  useEffect(() => {
    if (host.current === null || panelHost === null) return undefined;
    const made = new BpmnModeler({
      container: host.current,
      propertiesPanel: { parent: panelHost },
      linting: { active: true, bpmnlint: lintConfig },
      additionalModules: [BpmnPropertiesPanelModule, BpmnPropertiesProviderModule, ZeebePropertiesProviderModule, CloudElementTemplatesPropertiesProviderModule, zeebeBehaviors, lintModule, translateModule(language)],
      moddleExtensions: { zeebe: zeebeModdle, guicheng: guichengModdle },
    } as ConstructorParameters<typeof BpmnModeler>[0]);
    const services = made as unknown as ModelerServices;
    let gone = false;
    made.on('selection.changed', ({ newSelection }: { newSelection: BpmnElement[] }) => listeners.current.onSelect?.(newSelection.length === 1 ? newSelection[0]! : null));
    made.on('linting.completed', ({ issues }: { issues: Record<string, { category: string; rule: string; message: string }[]> }) => listeners.current.onLint?.(problemsOf(services, issues)));
    services.get('elementTemplatesLoader').setTemplates([...templates]);
    made.importXML(xml).then(
      () => {
        if (gone) return;
        showBeginning(services);
        services.get('eventBus').on('commandStack.changed', () => listeners.current.onChange());
        setModeler(made);
      },
      (error: Error) => { if (!gone) listeners.current.onError?.(error); },
    );
    return () => {
      gone = true;
      setModeler(null);
      made.destroy();
    };
  }, [xml, language, templates, panelHost]);

  useImperativeHandle(ref, () => handleOf(modeler), [modeler]);
  return <div ref={host} className="gc-modeler" />;
}

/** Smallest scale at which names can be read. */
const READABLE = 0.6;

/** The whole diagram where it can be read so, else its beginning. */
function showBeginning(services: ModelerServices): void {
  const canvas = services.get('canvas');
  if (canvas.zoom('fit-viewport', 'auto') >= READABLE) return;
  const start = services.get('elementRegistry').filter((element) => element.type === 'bpmn:StartEvent')[0];
  canvas.zoom(READABLE + 0.15);
  if (start !== undefined) canvas.scrollToElement(start, { top: 260, left: 120, bottom: 200, right: 600 });
}

function handleOf(modeler: BpmnModeler | null): ModelerHandle {
  const services = modeler as unknown as ModelerServices | null;
  return {
    async xml() {
      const saved = await modeler?.saveXML({ format: true });
      return saved?.xml ?? '';
    },
    select(elementId) {
      const element = services?.get('elementRegistry').get(elementId);
      if (element === undefined || services === null) return;
      services.get('selection').select(element);
      services.get('canvas').scrollToElement(element);
    },
    zoom(step) {
      const canvas = services?.get('canvas');
      if (step === 'fit') canvas?.zoom('fit-viewport', 'auto');
      else canvas?.zoom(Math.min(4, Math.max(0.2, canvas.zoom() * (step === 1 ? 1.25 : 0.8))), 'auto');
    },
    undo: () => services?.get('commandStack').undo(),
    redo: () => services?.get('commandStack').redo(),
    services: () => services,
  };
}

function problemsOf(services: ModelerServices, issues: Record<string, { category: string; rule: string; message: string }[]>): LintProblem[] {
  const order = { error: 0, warn: 1, info: 2 } as const;
  return Object.entries(issues)
    .flatMap(([elementId, found]) =>
      found.map(({ category, rule, message }): LintProblem => {
        const element = services.get('elementRegistry').get(elementId);
        return { elementId, elementName: element?.businessObject.name ?? elementId, rule, severity: category as LintProblem['severity'], message };
      }),
    )
    .sort((a, b) => order[a.severity] - order[b.severity]);
}

import type { ComponentType, ReactNode } from 'react';
import type { FormComponent } from '../../../engine/contract/forms/index.ts';
import type { JsonValue } from '../../../engine/contract/json.ts';

/** Where the palette shows a component. */
export type ComponentGroup = 'input' | 'choice' | 'container' | 'presentation';

/** Sections and fields of the property panel; one editor each in `editor/properties/`. */
export type PropertyName =
  | 'label' | 'key' | 'path' | 'description' | 'required' | 'length' | 'range' | 'decimals' | 'shape' | 'options' | 'searchable' | 'datetime' | 'rows' | 'files'
  | 'outline' | 'text' | 'content' | 'image' | 'table' | 'expression' | 'height' | 'action' | 'access' | 'rule' | 'pii';

/** What a field's view gets. The frame around it shows label, counter, description and problems. */
export interface FieldViewProps {
  component: FormComponent;
  /** Id of the control (or of the group of controls); the label points to it. */
  domId: string;
  /** Name in the form state, e.g. `evidence.0.ref`. */
  name: string;
  value: JsonValue;
  onChange: (value: JsonValue) => void;
  onBlur: () => void;
  label: string;
  disabled: boolean;
  readonly: boolean;
  invalid: boolean;
  required: boolean;
  /** Ids of description and problems. */
  describedBy: string | undefined;
  /** In a list row: no visible label, the words stand in the control. */
  compact: boolean;
}

/** Props of containers and presentation, which hold no value of their own. */
export interface BlockViewProps {
  component: FormComponent;
  /** `id`, in repeat rows `id[0]`. */
  instanceId: string;
  domId: string;
  label: string;
}

interface Common {
  /** form-js type. */
  type: string;
  group: ComponentGroup;
  icon: ReactNode;
  /** Editors the property panel offers. */
  properties: PropertyName[];
  /** What a new one starts with, beside `id`, `type`, `key` and label. */
  create: () => Partial<FormComponent>;
}

/** A component with a value. `frame`: `control` = one labelled control, `group` = several controls under one name, `own` = its label is part of it. */
export interface FieldDefinition extends Common {
  kind: 'field';
  frame: 'control' | 'group' | 'own' | 'none';
  View: ComponentType<FieldViewProps>;
  /** The value as words, for reading and printing. */
  Display: ComponentType<{ component: FormComponent; value: JsonValue }>;
}

export interface BlockDefinition extends Common {
  kind: 'block';
  View: ComponentType<BlockViewProps>;
}

export type ComponentDefinition = FieldDefinition | BlockDefinition;

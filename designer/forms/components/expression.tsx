import { FunctionOutlined } from '@ant-design/icons';
import type { FieldDefinition } from './definition.ts';
import { TextDisplay } from './display.tsx';

/** Computed, never seen; the renderer writes its value. */
export const expression: FieldDefinition = {
  kind: 'field', type: 'expression', group: 'input', frame: 'none', icon: <FunctionOutlined />, View: () => null, Display: TextDisplay,
  properties: ['key', 'expression'],
  create: () => ({ expression: '=null', computeOn: 'change' }),
};

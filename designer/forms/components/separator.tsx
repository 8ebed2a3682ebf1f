import { MinusOutlined } from '@ant-design/icons';
import type { BlockDefinition } from './definition.ts';

export const separator: BlockDefinition = {
  kind: 'block', type: 'separator', group: 'presentation', icon: <MinusOutlined />, View: () => <hr className="gc-rule" />,
  properties: [],
  create: () => ({}),
};

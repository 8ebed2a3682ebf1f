import { ColumnHeightOutlined } from '@ant-design/icons';
import type { BlockDefinition } from './definition.ts';

export const spacer: BlockDefinition = {
  kind: 'block', type: 'spacer', group: 'presentation', icon: <ColumnHeightOutlined />,
  View: ({ component }) => <div style={{ height: typeof component.height === 'number' ? component.height : 60 }} aria-hidden />,
  properties: ['height'],
  create: () => ({ height: 24 }),
};

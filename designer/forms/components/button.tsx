import { Button } from 'antd';
import { EnterOutlined } from '@ant-design/icons';
import { useRenderer } from '../renderer/context.ts';
import type { BlockDefinition, BlockViewProps } from './definition.ts';

/** A submit button is shown only where the page has none of its own. */
function ButtonBlock({ component, label }: BlockViewProps) {
  const { mode, ownButtons, reset } = useRenderer();
  if (mode === 'display') return null;
  if (component.action === 'reset') return <Button onClick={reset}>{label}</Button>;
  return ownButtons ? <Button type="primary" htmlType="submit">{label}</Button> : null;
}

export const button: BlockDefinition = {
  kind: 'block', type: 'button', group: 'presentation', icon: <EnterOutlined />, View: ButtonBlock,
  properties: ['label', 'action'],
  create: () => ({ action: 'submit' }),
};

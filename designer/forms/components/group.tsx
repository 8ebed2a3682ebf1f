import { GroupOutlined } from '@ant-design/icons';
import { splitPath } from '../../../engine/contract/forms/index.ts';
import { useAround, useRenderer } from '../renderer/context.ts';
import type { BlockDefinition, BlockViewProps } from './definition.ts';

function Group({ component, label }: BlockViewProps) {
  const around = useAround();
  const { renderComponents } = useRenderer();
  return (
    <fieldset className="gc-group" data-outline={component.showOutline === true}>
      {label && <legend>{label}</legend>}
      {renderComponents(component.components ?? [], { ...around, path: [...around.path, ...splitPath(component.path)] })}
    </fieldset>
  );
}

export const group: BlockDefinition = {
  kind: 'block', type: 'group', group: 'container', icon: <GroupOutlined />, View: Group,
  properties: ['label', 'path', 'outline'],
  create: () => ({ components: [], showOutline: true }),
};

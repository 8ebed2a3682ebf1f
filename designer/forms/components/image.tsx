import { PictureOutlined } from '@ant-design/icons';
import { renderText } from '../../../engine/contract/forms/index.ts';
import { usePlace } from '../renderer/context.ts';
import type { BlockDefinition, BlockViewProps } from './definition.ts';

function Image({ component }: BlockViewProps) {
  const place = usePlace();
  const source = renderText(String(component.source ?? ''), place);
  const alt = renderText(String(component.alt ?? ''), place);
  if (!/^(https?:\/\/|data:image\/(png|jpe?g|gif|webp|svg\+xml);)/i.test(source)) return <div className="gc-image-missing"><PictureOutlined aria-hidden /> {alt}</div>;
  return <img className="gc-image" src={source} alt={alt} />;
}

export const image: BlockDefinition = {
  kind: 'block', type: 'image', group: 'presentation', icon: <PictureOutlined />, View: Image,
  properties: ['image'],
  create: () => ({ source: '', alt: '' }),
};

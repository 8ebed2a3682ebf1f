import { useMemo } from 'react';
import { FileTextOutlined } from '@ant-design/icons';
import DOMPurify from 'dompurify';
import { Marked } from 'marked';
import { renderText } from '../../../engine/contract/forms/index.ts';
import { useValueWords } from '../../ui/index.ts';
import { usePlace, useRenderer } from '../renderer/context.ts';
import type { BlockDefinition, BlockViewProps } from './definition.ts';

// Headings of a form stand below the page's own, whatever level the author chose.
const markdownReader = new Marked({ walkTokens: (token) => { if (token.type === 'heading') token.depth = 2; } });

function Text({ component }: BlockViewProps) {
  const place = usePlace();
  const { language } = useRenderer();
  const english = component.properties?.textEn;
  const source = language === 'en' && typeof english === 'string' && english ? english : String(component.text ?? '');
  const words = useValueWords();
  const markdown = renderText(source, place, { words: (name, value) => (value === null ? '—' : words(name, value)) });
  const html = useMemo(() => DOMPurify.sanitize(markdownReader.parse(markdown, { async: false, breaks: true }), { FORBID_TAGS: ['style', 'form', 'input'] }), [markdown]);
  // Sanitized just above.
  return <div className="gc-text" dangerouslySetInnerHTML={{ __html: html }} />;
}

export const text: BlockDefinition = {
  kind: 'block', type: 'text', group: 'presentation', icon: <FileTextOutlined />, View: Text,
  properties: ['text'],
  create: () => ({ text: '' }),
};

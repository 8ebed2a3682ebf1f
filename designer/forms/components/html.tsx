import { useEffect, useRef } from 'react';
import { CodeOutlined } from '@ant-design/icons';
import DOMPurify from 'dompurify';
import { renderText } from '../../../engine/contract/forms/index.ts';
import { usePlace } from '../renderer/context.ts';
import type { BlockDefinition, BlockViewProps } from './definition.ts';

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (plain: string) => plain.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);

/** The author's HTML, sanitized, in a shadow root so that its styles end there. */
function Html({ component }: BlockViewProps) {
  const place = usePlace();
  const host = useRef<HTMLDivElement>(null);
  const content = renderText(String(component.content ?? ''), place, { escape: escapeHtml });
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    root.innerHTML = DOMPurify.sanitize(content, { ADD_TAGS: ['style'], FORCE_BODY: true, FORBID_TAGS: ['form', 'input'] });
  }, [content]);
  return <div ref={host} className="gc-html" />;
}

export const html: BlockDefinition = {
  kind: 'block', type: 'html', group: 'presentation', icon: <CodeOutlined />, View: Html,
  properties: ['content'],
  create: () => ({ content: '' }),
};

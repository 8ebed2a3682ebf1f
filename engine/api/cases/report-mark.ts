import type { DirectoryUser } from '../../identity/directory.ts';
import { isoWithOffset } from '../../workers/calendar/zone-time.ts';

/** Lines on a screen or sheet, enough for the largest. */
const LINES = 24;

/**
 * The page of a report with who reads it and when: as a line at its head, and faintly across every screen and printed sheet. Nothing
 * of it can be selected or is read out twice. `at` is in epoch ms.
 */
export function markedReport(html: string, user: Pick<DirectoryUser, 'id' | 'name'>, at: number, zone: string): string {
  const words = escaped(`机密 Confidential · ${user.name} (${user.id}) · ${isoWithOffset(at, zone).slice(0, 16).replace('T', ' ')}`);
  const style = '<style>.gc-mark-head{margin:0 0 12px;color:#57606a;font-size:12px}.gc-mark{position:fixed;inset:-20%;z-index:9;overflow:hidden;transform:rotate(-20deg);color:rgba(87,96,106,.16);font-size:14px;line-height:96px;white-space:nowrap;pointer-events:none;user-select:none;print-color-adjust:exact}</style>';
  const mark = `${style}<p class="gc-mark-head">${words}</p><div class="gc-mark" aria-hidden="true">${`<div>${`${words}　　　`.repeat(6)}</div>`.repeat(LINES)}</div>`;
  const body = /<body[^>]*>/i.exec(html);
  const place = body === null ? html.length : body.index + body[0].length;
  return html.slice(0, place) + mark + html.slice(place);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

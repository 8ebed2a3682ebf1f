/** A part of a report: paragraphs, and a table when it has columns. */
export interface ReportSection {
  heading: string;
  paragraphs?: readonly string[];
  columns?: readonly string[];
  rows?: readonly (readonly (string | number)[])[];
  /** Said in place of a table without rows. @default 无 */
  empty?: string;
}

const STYLE = 'body{font:16px/1.8 "Noto Serif SC","Songti SC",serif;max-width:52em;margin:3em auto;padding:0 2em}h1{text-align:center;font-size:22px}h2{font-size:17px;margin-top:1.6em}table{border-collapse:collapse;width:100%;font-size:14px}th,td{border:1px solid #999;padding:.3em .6em;text-align:left;vertical-align:top}td.n{text-align:right}.date{text-align:right}';

/** Writes a report with tables as a complete HTML page; all values are escaped. `date` is that of the report, e.g. `2026-12-01`. */
export function reportPage(title: string, sections: readonly ReportSection[], date: string): string {
  const body = sections.map((section) => `<h2>${escape(section.heading)}</h2>\n${(section.paragraphs ?? []).map((text) => `<p>${escape(text).replaceAll('\n', '<br>')}</p>`).join('\n')}${tableOf(section)}`);
  return `<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>${escape(title)}</title><style>${STYLE}</style></head>\n<body><h1>${escape(title)}</h1>\n${body.join('\n')}\n<p class="date">${escape(date)}</p></body></html>\n`;
}

function tableOf({ columns, rows = [], empty = '无' }: ReportSection): string {
  if (columns === undefined) return '';
  if (rows.length === 0) return `<p>${escape(empty)}</p>`;
  const cell = (value: string | number): string => `<td${typeof value === 'number' ? ' class="n"' : ''}>${escape(String(value))}</td>`;
  return `<table><thead><tr>${columns.map((name) => `<th>${escape(name)}</th>`).join('')}</tr></thead><tbody>${rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('')}</tbody></table>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

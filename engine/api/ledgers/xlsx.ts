import type { Cell, Sheet } from './sheet.ts';
import { zip } from './zip.ts';

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
/** Longest text a cell may hold. */
const LONGEST = 32_767;

/** Cell formats of `styles.xml`, by their place there. */
const style = { plain: 0, head: 1, instant: 2, date: 3, money: 4 } as const;

/** A workbook (Office Open XML) with one sheet for each table: a head that stays, filters, widths. Texts are never formulas. `mark` stands above and below every printed page. */
export function xlsxOf(sheets: readonly Sheet[], mark: string | null = null): Buffer {
  const numbered = sheets.map((sheet, index) => ({ sheet, number: index + 1 }));
  return zip([
    { name: '[Content_Types].xml', content: `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>${numbered.map(({ number }) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`).join('')}</Types>` },
    { name: '_rels/.rels', content: `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>` },
    { name: 'xl/workbook.xml', content: `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${numbered.map(({ sheet, number }) => `<sheet name="${xml(sheet.name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31))}" sheetId="${number}" r:id="rId${number}"/>`).join('')}</sheets></workbook>` },
    { name: 'xl/_rels/workbook.xml.rels', content: `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${numbered.map(({ number }) => `<Relationship Id="rId${number}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${number}.xml"/>`).join('')}<Relationship Id="rId${sheets.length + 1}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>` },
    { name: 'xl/styles.xml', content: STYLES },
    ...numbered.map(({ sheet, number }) => ({ name: `xl/worksheets/sheet${number}.xml`, content: worksheet(sheet, mark) })),
  ]);
}

const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/><xf numFmtId="4" applyNumberFormat="1"/></cellXfs></styleSheet>`;

function worksheet(sheet: Sheet, mark: string | null): string {
  const widths = sheet.columns.map((column, index) => `<col min="${index + 1}" max="${index + 1}" width="${column.kind === 'instant' ? 17 : column.kind === 'text' ? 20 : 12}" customWidth="1"/>`).join('');
  const parts = [`${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths}</cols><sheetData>`];
  parts.push(`<row r="1">${sheet.columns.map((column, index) => textCell(`${letters(index)}1`, column.title, style.head)).join('')}</row>`);
  sheet.rows.forEach((row, index) => {
    const number = index + 2;
    parts.push(`<row r="${number}">${row.map((cell, at) => cellXml(`${letters(at)}${number}`, cell, sheet.columns[at]?.kind === 'money')).join('')}</row>`);
  });
  parts.push(`</sheetData><autoFilter ref="A1:${letters(Math.max(0, sheet.columns.length - 1))}${sheet.rows.length + 1}"/>${mark === null ? '' : `<headerFooter><oddHeader>${headerText(mark)}</oddHeader><oddFooter>${headerText(mark)}</oddFooter></headerFooter>`}</worksheet>`);
  return parts.join('');
}

/** Centered text of a page's head; `&` begins a code there, and a figure after one would be read as a size. */
const headerText = (text: string): string => xml(`&C${/^\d/.test(text) ? ' ' : ''}${text.replaceAll('&', '&&')}`);

function cellXml(at: string, cell: Cell, money: boolean): string {
  if (cell === null || cell === '') return '';
  if (typeof cell === 'number') return `<c r="${at}"${money ? ` s="${style.money}"` : ''}><v>${cell}</v></c>`;
  if (typeof cell === 'object') return `<c r="${at}" s="${cell.day ? style.date : style.instant}"><v>${cell.serial}</v></c>`;
  return textCell(at, cell, style.plain);
}

const textCell = (at: string, text: string, format: number): string => `<c r="${at}" t="inlineStr"${format === 0 ? '' : ` s="${format}"`}><is><t xml:space="preserve">${xml(text.slice(0, LONGEST))}</t></is></c>`;

/** 0 → A, 25 → Z, 26 → AA. */
function letters(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : `${letters(Math.floor(index / 26) - 1)}${String.fromCharCode(65 + (index % 26))}`;
}

/** Text of XML: its signs escaped, what XML cannot hold left out. */
function xml(text: string): string {
  return text.replace(/[^\t\n\r -\uFFFD]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

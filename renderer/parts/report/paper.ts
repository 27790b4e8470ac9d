/** A report as plain data: what the screen shows and what the printer gets are drawn from this one value. */

export interface PaperColumn {
  readonly key: string;
  readonly label: string;
  /** Figures stand at the end so that their decimals align. */
  readonly align?: 'start' | 'end';
  /** Share of the width against the other columns; 1 unless told. */
  readonly share?: number;
  /** The share it gives way to where the window is narrow; it is kept unless told. */
  readonly least?: number;
  /** The column that the depth of a line indents; the first unless told. */
  readonly indents?: boolean;
  /** Never broken into two lines: numbers and dates. */
  readonly unbroken?: boolean;
}

/** `heading` and `note` span the page, a `group` stands above what it sums up; a `subtotal` has a single line above it, a `total` a double line below. */
export type PaperLineKind = 'line' | 'heading' | 'note' | 'group' | 'subtotal' | 'total';

export interface PaperLine {
  /** Tells the lines apart where their figures can be opened. */
  readonly key?: string;
  readonly kind: PaperLineKind;
  /** Already formatted, one for each column, in their order. A heading or note needs only the first. */
  readonly cells: readonly string[];
  /** How far the first cell is indented. */
  readonly depth?: number;
  /** Opens what a figure is made of, by column key. The paper ignores it. */
  readonly opens?: Readonly<Record<string, () => void>>;
  /** Shows beside the paper how a figure comes about, by column key. */
  readonly explains?: Readonly<Record<string, () => void>>;
}

/** Where the column stands that the depth of a line indents. */
export const indented = (columns: readonly PaperColumn[]): number => Math.max(0, columns.findIndex((column) => column.indents === true));

export interface Paper {
  readonly firm: string;
  readonly title: string;
  /** "1 January to 31 March 2026". Left out when the report has no period. */
  readonly period?: string;
  /** "As at 22 November 2026, 09:14". */
  readonly asAt: string;
  /** What was filtered, in words, so that the paper says what it leaves out. */
  readonly filters: readonly string[];
  readonly columns: readonly PaperColumn[];
  readonly lines: readonly PaperLine[];
  /** Said below the table, such as how many rows were left out. */
  readonly notes: readonly string[];
  readonly landscape?: boolean;
  readonly language: string;
  /** "Page {page} of {pages}" split around its two numbers. */
  readonly pageWords: readonly [string, string, string];
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Makes text harmless between tags and inside quoted attributes. Control characters, which no printer shows, become spaces. */
export const escapeHtml = (text: string): string => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, ' ').replace(/[&<>"']/g, (mark) => entities[mark] ?? mark);

/** Makes text harmless as a quoted CSS string: everything but plain letters, digits, marks and spaces becomes an escape. */
export const escapeCss = (text: string): string => [...text].map((mark) => (/[\w .,:;()-]/.test(mark) ? mark : `\\${(mark.codePointAt(0) ?? 32).toString(16)} `)).join('');

/** What stands at the foot of every sheet: drawn by the page itself where nobody else numbers the sheets. */
const sheet = (paper: Paper): string => {
  const look = 'font: 8pt system-ui, sans-serif; color: #444;';
  const [before, between, after] = paper.pageWords.map(escapeCss);
  return `margin: 15mm 15mm 18mm;
  @bottom-left { content: "${escapeCss(paper.firm)}"; ${look} }
  @bottom-center { content: "${escapeCss(paper.title)}"; ${look} }
  @bottom-right { content: "${before}" counter(page) "${between}" counter(pages) "${after}"; ${look} }`;
};

const style = (paper: Paper, numbered: boolean): string => `
@page { size: ${paper.landscape ? 'landscape' : 'portrait'}; ${numbered ? sheet(paper) : ''} }
* { box-sizing: border-box; }
body { margin: 0; font: ${paper.columns.length > 9 ? 6.5 : 8.5}pt/1.35 "Segoe UI", system-ui, sans-serif; color: #000; background: #fff; font-variant-numeric: tabular-nums; }
header { margin-bottom: 5mm; }
header p { margin: 0; }
.firm { font-weight: 600; }
h1 { font-size: 15pt; line-height: 1.25; margin: 1mm 0; }
.when, .filters { color: #444; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th { text-align: start; font-weight: 600; border-bottom: 0.6pt solid #000; padding: 1mm 1.5mm; vertical-align: bottom; overflow-wrap: break-word; }
td { border-bottom: 0.25pt solid #bbb; padding: 0.6mm 1.5mm; vertical-align: top; overflow-wrap: anywhere; }
.end { text-align: end; }
.heading td { font-weight: 600; padding-top: 3mm; break-after: avoid; }
.group td { font-weight: 600; }
.note td { border-bottom: none; }
.subtotal td { font-weight: 600; border-top: 0.6pt solid #000; }
.total td { font-weight: 700; border-top: 0.6pt solid #000; border-bottom: 2pt double #000; }
.notes { margin-top: 4mm; color: #444; }
`;

function row(paper: Paper, line: PaperLine): string {
  if (line.kind === 'heading' || line.kind === 'note') return `<tr class="${line.kind}"><td colspan="${paper.columns.length}"${line.depth ? ` style="padding-inline-start:${1.5 + line.depth * 4}mm"` : ''}>${escapeHtml(line.cells[0] ?? '')}</td></tr>`;
  const first = indented(paper.columns);
  const cells = paper.columns.map((column, at) => {
    const indent = at === first && line.depth ? ` style="padding-inline-start:${1.5 + line.depth * 4}mm"` : '';
    return `<td${column.align === 'end' ? ' class="end"' : ''}${indent}>${escapeHtml(line.cells[at] ?? '')}</td>`;
  });
  return `<tr${line.kind === 'line' ? '' : ` class="${line.kind}"`}>${cells.join('')}</tr>`;
}

/** Shares of the width by what stands in the columns: nearly all cells fit on one line, a few very long ones wrap. */
export function sharesOf(columns: readonly PaperColumn[], rows: readonly (readonly string[])[]): readonly number[] {
  return columns.map((column, at) => {
    const lengths = rows.map((cells) => cells[at]?.length ?? 0).toSorted((a, b) => a - b);
    const most = lengths[Math.floor(lengths.length * 0.95)] ?? 0;
    return Math.min(40, Math.max(5, column.label.length, most));
  });
}

/**
 * The report as one page of HTML without scripts, pictures or links; all that came from data is escaped. `numbered` puts the
 * page numbers in, for printers; a PDF gets them where it is made.
 */
export function paperHtml(paper: Paper, numbered: boolean): string {
  const shares = paper.columns.map((column) => column.share ?? 1);
  const all = shares.reduce((sum, share) => sum + share, 0) || 1;
  const line = (name: string, words: string): string => (words === '' ? '' : `<p class="${name}">${escapeHtml(words)}</p>`);
  return [
    `<!doctype html><html lang="${escapeHtml(paper.language)}"><head><meta charset="utf-8"><title>${escapeHtml(paper.title)}</title><style>${style(paper, numbered)}</style></head><body>`,
    `<header>${line('firm', paper.firm)}<h1>${escapeHtml(paper.title)}</h1>${line('when', [paper.period ?? '', paper.asAt].filter((part) => part !== '').join(' · '))}${line('filters', paper.filters.join(' · '))}</header>`,
    `<table><colgroup>${shares.map((share) => `<col style="width:${((share / all) * 100).toFixed(2)}%">`).join('')}</colgroup>`,
    `<thead><tr>${paper.columns.map((column) => `<th scope="col"${column.align === 'end' ? ' class="end"' : ''}>${escapeHtml(column.label)}</th>`).join('')}</tr></thead>`,
    `<tbody>${paper.lines.map((one) => row(paper, one)).join('')}</tbody></table>`,
    paper.notes.length > 0 ? `<div class="notes">${paper.notes.map((note) => `<p>${escapeHtml(note)}</p>`).join('')}</div>` : '',
    '</body></html>',
  ].join('');
}

import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import { cellText, columnOf, formatKind, type NumberKind, numberText, serialText } from './sheetCells.ts';
import { decoder, sniffEncoding } from './text.ts';
import { attribute, type XmlEvents, xmlReader } from './xml.ts';
import { openZip, type Zip, zipWords } from './zip.ts';

/**
 * Reads workbooks row by row. The XML is read as it is unpacked, so memory holds one row and the shared texts; read-excel-file needs
 * 270 MB for 50,000 rows and judges its work in the tests instead.
 */

export { checkZip } from './zip.ts';
export { writeXlsx } from './xlsxWrite.ts';

export const xlsxWords = {
  sheet: w('There is no sheet “{sheet}”. The sheets are: {sheets}.', 'Ein Blatt „{sheet}“ gibt es nicht. Die Blätter sind: {sheets}.'),
  cells: w('The sheet has more cells than can be read: at most 1,048,576 rows, 16,384 columns and 50 million cells.', 'Das Blatt hat mehr Zellen, als gelesen werden können: höchstens 1.048.576 Zeilen, 16.384 Spalten und 50 Millionen Zellen.'),
  slow: w('Reading the file took longer than {seconds} seconds and was stopped.', 'Das Lesen der Datei dauerte länger als {seconds} Sekunden und wurde abgebrochen.'),
  binary: w('This is a binary workbook (.xlsb). Please save it as .xlsx.', 'Das ist eine binäre Arbeitsmappe (.xlsb). Bitte speichern Sie sie als .xlsx.'),
} as const;

const most = { rows: 1_048_576, cells: 50_000_000, texts: 4_000_000 };

/** How a workbook is read. */
export interface SheetReading {
  /** Name of the sheet; the first visible one unless told. */
  readonly sheet?: string | undefined;
  /** Refuses after so many seconds of work of its own, not counting the receiver's; 30 unless told. */
  readonly seconds?: number;
}

export interface SheetRead {
  readonly sheet: string;
  /** Rows handed out; rows without any content are not. */
  readonly rows: number;
}

/** Names of the worksheets, in their order; hidden ones too. */
export const sheetNames = (source: string | Uint8Array): readonly string[] => workbook(openZip(source)).sheets.map(({ name }) => name);

/**
 * Reads one sheet. Cells come as texts: days as `2026-03-01`, days with times as `2026-03-01T08:30:00`, numbers as plain decimals,
 * yes and no as `true` and `false`, formulas as the value they had when saved. A row is at least as wide as the first one; `row` is the
 * number the spreadsheet shows. `onRow` returning false stops without an error.
 * @throws Refused for bombs, damaged files, files of other kinds and sheets that do not exist.
 */
export function readXlsx(source: string | Uint8Array, reading: SheetReading, onRow: (row: number, cells: string[]) => boolean | void): SheetRead {
  const zip = openZip(source);
  const book = workbook(zip);
  const sheet = reading.sheet === undefined ? (book.sheets.find(({ hidden }) => !hidden) ?? book.sheets[0]) : book.sheets.find(({ name }) => name === reading.sheet);
  if (!sheet) throw new Refused('invalid', xlsxWords.sheet, { sheet: reading.sheet ?? '', sheets: book.sheets.map(({ name }) => name).join(', ') });
  let receiving = 0;
  const late = deadline(reading.seconds ?? 30, () => receiving);
  const texts = book.texts === null ? [] : sharedTexts(zip, book.texts, late);
  const kinds = book.styles === null ? [] : cellKinds(zip, book.styles);
  let rows = 0;
  const take = (row: number, cells: string[]): boolean => {
    rows += 1;
    const since = performance.now();
    const more = onRow(row, cells) !== false;
    receiving += performance.now() - since;
    return more;
  };
  try {
    readPart(zip, sheet.part, sheetEvents(texts, kinds, book.from1904, take), late);
  } catch (error) {
    if (error !== stopped) throw error;
  }
  return { sheet: sheet.name, rows };
}

/** Leaves the parser from inside a callback when the receiver has enough. Never leaves this file. */
const stopped = new Error('enough');

/** Counts the work of this thread, so that neither a busy PC nor a slow receiver makes a good file look like a bomb. */
function deadline(seconds: number, receiving: () => number): () => void {
  const start = process.threadCpuUsage();
  return () => {
    const { user, system } = process.threadCpuUsage(start);
    if ((user + system) / 1000 - receiving() > seconds * 1000) throw new Refused('invalid', xlsxWords.slow, { seconds });
  };
}

function readPart(zip: Zip, part: string, events: XmlEvents, late: () => void): void {
  const xml = xmlReader(events);
  let decode: ReturnType<typeof decoder> | null = null;
  zip.pieces(part, (piece) => {
    late();
    const guess = decode === null ? sniffEncoding(piece).encoding : null;
    decode ??= decoder(guess?.startsWith('utf-16') ? guess : 'utf-8');
    xml.push(decode.decode(piece, false));
  });
  xml.end();
}

interface Book {
  readonly sheets: readonly { readonly name: string; readonly part: string; readonly hidden: boolean }[];
  readonly from1904: boolean;
  readonly texts: string | null;
  readonly styles: string | null;
}

function workbook(zip: Zip): Book {
  const home = relations(zip, '').find(({ type }) => type === 'officeDocument')?.part ?? 'xl/workbook.xml';
  if (home.endsWith('.bin')) throw new Refused('invalid', xlsxWords.binary);
  if (!zip.has(home)) throw new Refused('invalid', zipWords.none);
  const parts = relations(zip, home);
  const sheets: { name: string; part: string; hidden: boolean }[] = [];
  let from1904 = false;
  const open = (name: string, attributes: string): void => {
    if (name === 'workbookPr') from1904 = /^(?:1|true)$/.test(attribute(attributes, 'date1904') ?? '');
    if (name !== 'sheet') return;
    // The relation's id is the only attribute that ends in "id" and has a prefix.
    const id = /:id\s*=\s*["']([^"']*)["']/.exec(attributes)?.[1];
    const part = parts.find((one) => one.id === id && one.type === 'worksheet');
    if (part && zip.has(part.part)) sheets.push({ name: attribute(attributes, 'name') ?? '', part: part.part, hidden: (attribute(attributes, 'state') ?? 'visible') !== 'visible' });
  };
  readPart(zip, home, { open, close: nothing, text: nothing }, nothing);
  if (sheets.length === 0) throw new Refused('invalid', zipWords.none);
  const partOf = (type: string): string | null => parts.find((one) => one.type === type && zip.has(one.part))?.part ?? null;
  return { sheets, from1904, texts: partOf('sharedStrings'), styles: partOf('styles') };
}

const nothing = (): void => undefined;

/** The parts that a part points to. The type is the last word of its address, the same in the transitional and the strict format. */
function relations(zip: Zip, part: string): { id: string; type: string; part: string }[] {
  const slash = part.lastIndexOf('/') + 1;
  const folder = part.slice(0, slash);
  const file = `${folder}_rels/${part.slice(slash)}.rels`;
  const found: { id: string; type: string; part: string }[] = [];
  if (!zip.has(file)) return found;
  const open = (name: string, attributes: string): void => {
    if (name !== 'Relationship' || attribute(attributes, 'TargetMode') === 'External') return;
    const target = attribute(attributes, 'Target') ?? '';
    const type = (attribute(attributes, 'Type') ?? '').split('/').at(-1)!;
    found.push({ id: attribute(attributes, 'Id') ?? '', type, part: resolved(target.startsWith('/') ? target.slice(1) : folder + target) });
  };
  readPart(zip, file, { open, close: nothing, text: nothing }, nothing);
  return found;
}

/** A name of a part with `..` taken out. It is only ever looked up in the archive. */
function resolved(path: string): string {
  const parts: string[] = [];
  for (const step of path.split('/')) {
    if (step === '..') parts.pop();
    else if (step !== '.' && step !== '') parts.push(step);
  }
  return parts.join('/');
}

function sharedTexts(zip: Zip, part: string, late: () => void): string[] {
  const texts: string[] = [];
  let [text, inText, phonetic] = ['', false, false];
  const events: XmlEvents = {
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 't') inText = !phonetic;
      else if (name === 'rPh') phonetic = true;
    },
    close: (name) => {
      if (name === 't') inText = false;
      else if (name === 'rPh') phonetic = false;
      else if (name === 'si') {
        if (texts.length >= most.texts) throw new Refused('invalid', xlsxWords.cells);
        texts.push(cellText(text));
      }
    },
    text: (piece) => {
      if (inText) text += piece;
    },
  };
  readPart(zip, part, events, late);
  return texts;
}

function cellKinds(zip: Zip, part: string): NumberKind[] {
  const codes = new Map<number, string>();
  const ids: number[] = [];
  let inCells = false;
  const open = (name: string, attributes: string): void => {
    if (name === 'numFmt') codes.set(Number(attribute(attributes, 'numFmtId')), attribute(attributes, 'formatCode') ?? '');
    else if (name === 'cellXfs') inCells = true;
    else if (name === 'xf' && inCells) ids.push(Number(attribute(attributes, 'numFmtId') ?? 0));
  };
  const close = (name: string): void => {
    if (name === 'cellXfs') inCells = false;
  };
  readPart(zip, part, { open, close, text: nothing }, nothing);
  return ids.map((id) => formatKind(id, codes.get(id)));
}

function sheetEvents(texts: readonly string[], kinds: readonly NumberKind[], from1904: boolean, take: (row: number, cells: string[]) => boolean): XmlEvents {
  let [row, column, width, total] = [0, -1, 0, 0];
  let cells: string[] = [];
  let [type, kind, value, into]: [string, NumberKind, string, boolean] = ['n', 'number', '', false];
  let [inRow, phonetic] = [false, false];

  const tooMany = (): never => {
    throw new Refused('invalid', xlsxWords.cells);
  };
  const shown = (): string => {
    if (type === 's') return texts[Number(value)] ?? '';
    if (type === 'str' || type === 'inlineStr' || type === 'e') return cellText(value);
    if (type === 'b') return value.trim() === '1' || value.trim() === 'true' ? 'true' : 'false';
    if (type === 'd') return value.replace(/T00:00:00(?:\.0+)?Z?$/, '').replace(/\.\d+/, '');
    const bare = value.trim();
    if (kind !== 'number' && bare !== '') return serialText(Number(bare), kind, from1904) ?? numberText(bare);
    return numberText(bare);
  };
  return {
    open: (name, attributes) => {
      if (name === 'c' && inRow) {
        const place = attribute(attributes, 'r');
        const told = place === null ? -1 : columnOf(place);
        column = told >= 0 ? told : column + 1;
        if (column >= 16_384) tooMany();
        type = attribute(attributes, 't') ?? 'n';
        const style = attribute(attributes, 's');
        kind = style === null ? (kinds[0] ?? 'number') : (kinds[Number(style)] ?? 'number');
        value = '';
      } else if (name === 'v' || name === 't') into = inRow && !phonetic;
      else if (name === 'rPh') phonetic = true;
      else if (name === 'row') {
        const told = Number(attribute(attributes, 'r'));
        row = Number.isSafeInteger(told) && told > row ? told : row + 1;
        if (row > most.rows) tooMany();
        [cells, column, inRow] = [[], -1, true];
      }
    },
    close: (name) => {
      if (name === 'v' || name === 't') into = false;
      else if (name === 'rPh') phonetic = false;
      else if (name === 'c' && inRow) {
        const text = value === '' ? '' : shown();
        if (text === '') return;
        while (cells.length < column) cells.push('');
        cells[column] = text;
      } else if (name === 'row' && inRow) {
        inRow = false;
        if (cells.length === 0) return;
        if (width === 0) width = cells.length;
        while (cells.length < width) cells.push('');
        total += cells.length;
        if (total > most.cells) tooMany();
        if (!take(row, cells)) throw stopped;
      }
    },
    text: (piece) => {
      if (into) value += piece;
    },
  };
}

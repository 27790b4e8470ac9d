// Builds bombs, opens each as a workbook and prints what happened. A process of its own, so that its memory can be measured.
import { constants, crc32, deflateRawSync } from 'node:zlib';
import { Refused } from '../../../preload/contract/kit/failure.ts';
import { readXlsx } from '../../../main/io/xlsx.ts';

interface Part {
  readonly name: string;
  readonly packed: Uint8Array;
  readonly size: number;
  readonly crc: number;
  readonly method?: number;
  readonly flags?: number;
  /** Index of an earlier part whose bytes are used again. */
  readonly sameAs?: number;
}

interface Swollen {
  readonly packed: Uint8Array;
  readonly size: number;
  readonly crc: number;
}

const made = new Map<string, Swollen>();

/** `text` repeated, deflated without ever standing in memory. */
function swollen(text: string, times: number): Swollen {
  const key = `${times} ${text.length} ${text.slice(0, 20)}`;
  const known = made.get(key);
  if (known) return known;
  const per = Math.max(1, Math.floor(1_000_000 / text.length));
  const [blocks, rest] = [Math.floor(times / per), times % per];
  // A block that ends at a byte border may be repeated as it is; two bytes then end the stream.
  const [block, tail] = [Buffer.from(text.repeat(per)), Buffer.from(text.repeat(rest))];
  const flushed = (bytes: Uint8Array): Buffer => deflateRawSync(bytes, { finishFlush: constants.Z_FULL_FLUSH });
  const one = flushed(block);
  let crc = 0;
  for (let n = 0; n < blocks; n += 1) crc = crc32(block, crc);
  const packed = Buffer.concat([...Array.from({ length: blocks }, () => one), flushed(tail), Buffer.of(3, 0)]);
  const result = { packed, size: blocks * block.length + tail.length, crc: crc32(tail, crc) };
  made.set(key, result);
  return result;
}

const part = (name: string, text: string): Part => ({ name, packed: deflateRawSync(text), size: Buffer.byteLength(text), crc: crc32(text) });

function archive(parts: readonly Part[], count = parts.length): Buffer {
  const [heads, directory, places]: [Buffer[], Buffer[], number[]] = [[], [], []];
  let at = 0;
  for (const { name, packed, size, crc, method = 8, flags = 0, sameAs } of parts) {
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(method, 8);
    head.writeUInt16LE(Buffer.byteLength(name), 26);
    places.push(sameAs === undefined ? at : places[sameAs]!);
    if (sameAs === undefined) {
      heads.push(head, Buffer.from(name), Buffer.from(packed));
      at += 30 + Buffer.byteLength(name) + packed.length;
    }
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(crc, 16);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(size, 24);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt32LE(places.at(-1)!, 42);
    directory.push(entry, Buffer.from(name));
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count & 0xffff, 8);
  end.writeUInt16LE(count & 0xffff, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...heads, list, end]);
}

const sheetXml = '<worksheet><sheetData><row><c t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>';
const rels = '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="r3" Type="x/styles" Target="styles.xml"/></Relationships>';
const bookXml = '<workbook xmlns:r="x"><sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>';
const names = { book: 'xl/workbook.xml', rels: 'xl/_rels/workbook.xml.rels', sheet: 'xl/worksheets/sheet1.xml', texts: 'xl/sharedStrings.xml', styles: 'xl/styles.xml' } as const;

/** A good workbook with some parts replaced or added. */
function book(...others: readonly Part[]): Part[] {
  const parts = new Map([part(names.book, bookXml), part(names.rels, rels), part(names.sheet, sheetXml)].map((one) => [one.name, one]));
  for (const other of others) parts.set(other.name, other);
  return [...parts.values()];
}

const inner = (before: string, packed: ReturnType<typeof swollen>): string => before + packed.size;
const laughs = `<!DOCTYPE x [<!ENTITY a "ha">${Array.from({ length: 30 }, (_, n) => `<!ENTITY a${n} "${`&a${n - 1 < 0 ? '' : n - 1};`.repeat(10)}">`).join('')}]>`;
const blow = (name: string, text: string, times: number, lie: Partial<Part> = {}): Part => ({ name, ...swollen(text, times), ...lie });
/** Text that deflates badly, so that the ratio alone does not give it away. */
const noise = (length: number): string => {
  let [seed, text] = [7, ''];
  while (text.length < length) {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
    text += seed.toString(36);
  }
  return text;
};
const row = (at: number, cell: string): string => `<row r="${at}"><c r="${cell}"><v>${at}</v></c></row>`;
const sheetOf = (rows: string): string => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;

const bombs: Record<string, () => Uint8Array> = {};
for (const name of Object.values(names)) {
  bombs[`300 MB of spaces in ${name}`] = () => archive(book(blow(name, ' ', 300_000_000)));
  bombs[`150 MB of spaces in ${name}, under the limit but at 1,000 to 1`] = () => archive(book(blow(name, ' ', 150_000_000)));
  bombs[`100 MB in ${name}, declared as 1,000 bytes`] = () => archive(book(blow(name, ' ', 100_000_000, { size: 1000 })));
  bombs[`100 MB in ${name}, declared as nothing`] = () => archive(book(blow(name, '<a>', 33_000_000, { size: 0 })));
  bombs[`billion laughs in ${name}`] = () => archive(book(part(name, `${laughs}<x>&a29;</x>`)));
  bombs[`an outer entity in ${name}`] = () => archive(book(part(name, '<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>')));
}
for (const kind of ['zip', 'xlsx', 'gz', '7z']) bombs[`a .${kind} inside`] = () => archive(book(part(`xl/more.${kind}`, inner('PK', swollen(' ', 10)))));
Object.assign(bombs, {
  'an archive that holds only archives': () => archive(Array.from({ length: 16 }, (_, n) => part(`lib ${n}.zip`, 'PK'))),
  '2,000 parts': () => archive(book(...Array.from({ length: 2000 }, (_, n) => part(`p${n}`, 'x')))),
  '65,535 parts declared': () => archive(book(), 65_535),
  '900 parts that share the same bytes': () => archive([...book(blow('a', ' ', 900_000)), ...Array.from({ length: 900 }, (_, n) => ({ ...blow('a', ' ', 900), name: `b${n}`, sameAs: 3 }))]),
  'the same part twice': () => archive([...book(), part(names.sheet, sheetXml)]),
  'parts of 2 MB each that are 300 MB together': () => archive(book(...Array.from({ length: 150 }, (_, n) => blow(`p${n}`, noise(2000), 1000)))),
  'a file of 21 MB': () => Buffer.concat([archive(book()), Buffer.alloc(21_000_000)]),
  'a part with a password': () => archive(book({ ...part(names.sheet, sheetXml), flags: 1 })),
  'an unknown way of packing': () => archive(book({ ...part(names.sheet, sheetXml), method: 12 })),
  'a wrong checksum': () => archive(book({ ...part(names.sheet, sheetXml), crc: 1 })),
  'a directory cut off': () => archive(book()).subarray(0, -30),
  'more rows than a sheet has': () => archive(book(part(names.sheet, sheetOf(row(1_048_577, 'A1048577'))))),
  'a column past the last': () => archive(book(part(names.sheet, sheetOf(row(1, 'A1') + row(2, 'XFD2').replace('</row>', '<c><v>1</v></c></row>'))))),
  '4,000 rows with only their last cell': () => archive(book(part(names.sheet, sheetOf(Array.from({ length: 4000 }, (_, n) => row(n + 1, `XFD${n + 1}`)).join(''))))),
  'a tag that never ends': () => archive(book(part(names.sheet, `<worksheet a="${noise(3_000_000)}`))),
  '400,000 elements inside each other': () => archive(book(part(names.sheet, Array.from({ length: 400_000 }, (_, n) => `<a${n % 977}>`).join('')))),
});

// The same archive without a bomb must open, or every refusal would prove nothing.
readXlsx(archive(book()), {}, () => undefined);
readXlsx(archive(book(blow('xl/theme.xml', noise(20_000), 10))), {}, () => undefined);

const outcomes: Record<string, string> = {};
let slowest = 0;
for (const [name, make] of Object.entries(bombs)) {
  const bytes = make();
  const start = performance.now();
  try {
    readXlsx(bytes, {}, () => undefined);
    outcomes[name] = 'opened';
  } catch (error) {
    outcomes[name] = error instanceof Refused ? 'refused' : `broke: ${String(error)}`;
  }
  slowest = Math.max(slowest, performance.now() - start);
}
console.log(JSON.stringify({ outcomes, slowest, peak_megabytes: process.resourceUsage().maxRSS / 1024 }));

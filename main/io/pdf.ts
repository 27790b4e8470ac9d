import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';

/**
 * Text of PDF files, for search. pdf.js 6 no longer makes code out of fonts; nothing is drawn, no font is loaded, nothing is fetched.
 * It works on the thread that calls it, so callers take a worker, which they can also end should one page never finish.
 */

export const pdfWords = {
  damaged: w('This PDF file is damaged or is none.', 'Diese PDF-Datei ist beschädigt oder ist keine.'),
  secret: w('This PDF file is protected by a password.', 'Diese PDF-Datei ist mit einem Kennwort geschützt.'),
  size: w('This PDF file is larger than {limit} MB.', 'Diese PDF-Datei ist größer als {limit} MB.'),
} as const;

export interface PdfLimits {
  readonly bytes: number;
  readonly pages: number;
  readonly seconds: number;
  /** Characters of text in all. */
  readonly characters: number;
}

export const pdfLimits: PdfLimits = { bytes: 200_000_000, pages: 2000, seconds: 60, characters: 5_000_000 };

export interface PdfText {
  /** Text of each page that was read, in order. */
  readonly pages: readonly string[];
  readonly page_count: number;
  /** False when a limit was reached or a page could not be read, so that text is missing. */
  readonly complete: boolean;
}

/** Reads the text of a PDF. @throws Refused when it is damaged, protected or too large. */
export async function pdfText(bytes: Uint8Array, limits: PdfLimits = pdfLimits): Promise<PdfText> {
  if (bytes.length > limits.bytes) throw new Refused('invalid', pdfWords.size, { limit: Math.floor(limits.bytes / 1e6) });
  const pdf = await library();
  const end = performance.now() + limits.seconds * 1000;
  // pdf.js takes the buffer away from its caller, so it gets a copy.
  const task = pdf.getDocument({
    data: Uint8Array.from(bytes),
    verbosity: 0,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    useWasm: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    maxImageSize: 1,
    enableXfa: false,
    ...(maps === null ? {} : { cMapUrl: maps, cMapPacked: true }),
  });
  try {
    const document = await within(task.promise, end);
    const pages: string[] = [];
    let complete = document.numPages <= limits.pages;
    let characters = 0;
    for (let number = 1; number <= Math.min(document.numPages, limits.pages); number += 1) {
      try {
        const page = await within(document.getPage(number), end);
        const content = await within(page.getTextContent(), end);
        const text = content.items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join('');
        page.cleanup();
        characters += text.length;
        pages.push(text);
      } catch (error) {
        if (error === late) return { pages, page_count: document.numPages, complete: false };
        // One unreadable page does not hide the others.
        pages.push('');
        complete = false;
      }
      if (characters > limits.characters) return { pages, page_count: document.numPages, complete: false };
    }
    return { pages, page_count: document.numPages, complete };
  } catch (error) {
    const protectedBy = error instanceof Error && error.name === 'PasswordException';
    throw new Refused('invalid', protectedBy ? pdfWords.secret : pdfWords.damaged);
  } finally {
    await task.destroy().catch(() => undefined);
  }
}

const late = new Error('late');

function within<T>(promise: Promise<T>, end: number): Promise<T> {
  let timer: NodeJS.Timeout;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late), Math.max(1, end - performance.now()));
  });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

/** Tables of East Asian encodings, read from the package's own folder. */
const maps = ((): string | null => {
  try {
    return `${join(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'), '..', 'cmaps')}/`;
  } catch {
    return null;
  }
})();

async function library() {
  // Given by hand, the worker's code is not looked for by an address, which also works inside a bundle and inside app.asar.
  const scope = globalThis as { pdfjsWorker?: unknown };
  // @ts-expect-error -- The worker comes without types; it is only handed over.
  scope.pdfjsWorker ??= await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
  return import('pdfjs-dist/legacy/build/pdf.mjs');
}

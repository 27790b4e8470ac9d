import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ZoomIn20Regular, ZoomOut20Regular } from '@fluentui/react-icons';
import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy } from 'pdfjs-dist';
import { useEffect, useRef, useState } from 'react';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { useT } from '../../t.ts';

// A file of the app itself, so that `worker-src 'self'` is enough.
GlobalWorkerOptions.workerSrc = new URL('pdfjs-dist/build/pdf.worker.min.mjs', import.meta.url).href;

const useStyles = makeStyles({
  bar: { position: 'sticky', top: 0, zIndex: 1, display: 'flex', alignItems: 'center', gap: '4px', padding: '2px 8px', marginBottom: '8px', backgroundColor: tokens.colorNeutralBackground1, borderRadius: tokens.borderRadiusMedium, boxShadow: tokens.shadow2, fontVariantNumeric: 'tabular-nums' },
  fitting: { maxWidth: '100%' },
  page: { marginBottom: '12px', backgroundColor: '#ffffff', boxShadow: tokens.shadow2, flexShrink: 0 },
});

/** Pages drawn at once; the rest when asked for, so that a book does not fill the memory. */
const step = 20;
const zooms = [0.5, 0.75, 1, 1.25, 1.5, 2, 3] as const;

/** A PDF page by page on canvases. Scripts, forms and links in it do nothing. */
export function Pdf({ bytes }: { readonly bytes: Uint8Array }) {
  const styles = useStyles();
  const t = useT();
  const [pdf, setPdf] = useState<PDFDocumentProxy | null>(null);
  const [broken, setBroken] = useState(false);
  const [zoom, setZoom] = useState(2);
  const [shown, setShown] = useState(step);
  useEffect(() => {
    // A copy: the worker takes the bytes over, and the answer of the office stays in the cache.
    const task = getDocument({ data: bytes.slice(), enableXfa: false, useWasm: false });
    let gone = false;
    task.promise.then(
      (found) => !gone && setPdf(found),
      () => !gone && setBroken(true),
    );
    return () => {
      gone = true;
      void task.destroy();
    };
  }, [bytes]);
  if (broken) return <EmptyState title={t('parts.records.brokenPdf')} text={t('parts.records.brokenPdfText')} />;
  if (!pdf) return <Loading />;
  const scale = zooms[zoom] ?? 1;
  return (
    <>
      <div className={styles.bar}>
        <Button size="small" appearance="subtle" icon={<ZoomOut20Regular />} aria-label={t('parts.records.zoomOut')} disabled={zoom === 0} onClick={() => setZoom(zoom - 1)} />
        <span>{Math.round(scale * 100)} %</span>
        <Button size="small" appearance="subtle" icon={<ZoomIn20Regular />} aria-label={t('parts.records.zoomIn')} disabled={zoom === zooms.length - 1} onClick={() => setZoom(zoom + 1)} />
        <span>{t('parts.records.pages', { count: pdf.numPages })}</span>
      </div>
      {Array.from({ length: Math.min(shown, pdf.numPages) }, (_, at) => (
        <Page key={at} pdf={pdf} number={at + 1} scale={scale} />
      ))}
      {shown < pdf.numPages && <Button onClick={() => setShown(shown + step)}>{t('parts.records.morePages')}</Button>}
    </>
  );
}

function Page({ pdf, number, scale }: { readonly pdf: PDFDocumentProxy; readonly number: number; readonly scale: number }) {
  const styles = useStyles();
  const t = useT();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const target = canvas.current;
    if (!target) return undefined;
    let cancel = (): void => undefined;
    let gone = false;
    const draw = async (): Promise<void> => {
      const page = await pdf.getPage(number);
      if (gone) return;
      const viewport = page.getViewport({ scale: scale * 1.25 });
      const sharp = window.devicePixelRatio;
      target.width = Math.floor(viewport.width * sharp);
      target.height = Math.floor(viewport.height * sharp);
      target.style.width = `${Math.floor(viewport.width)}px`;
      target.style.height = 'auto';
      const drawing = page.render({ canvas: target, viewport, transform: [sharp, 0, 0, sharp, 0, 0] });
      cancel = () => drawing.cancel();
      await drawing.promise;
    };
    // Drawing that is cancelled by the next zoom or by leaving is no failure.
    draw().catch(() => undefined);
    return () => {
      gone = true;
      cancel();
    };
  }, [pdf, number, scale]);
  return <canvas ref={canvas} className={mergeClasses(styles.page, scale <= 1 && styles.fitting)} role="img" aria-label={t('parts.records.pageNo', { number })} />;
}

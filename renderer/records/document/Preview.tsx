import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ArrowLeft20Regular } from '@fluentui/react-icons';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { Answer } from '../../parts/Problem.tsx';
import { useCall } from '../../query.ts';
import { useT } from '../../t.ts';

// The PDF renderer is large; only a PDF brings it in.
const Pdf = lazy(async () => ({ default: (await import('./Pdf.tsx')).Pdf }));

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', flex: '1 1 0', minHeight: 0 },
  back: { padding: '4px 12px', flexShrink: 0 },
  paper: { flex: '1 1 0', minHeight: 0, overflow: 'auto', padding: '16px', backgroundColor: tokens.colorNeutralBackground4, display: 'flex', flexDirection: 'column', alignItems: 'safe center' },
  image: { maxWidth: '100%', height: 'auto', backgroundColor: '#ffffff' },
  text: { alignSelf: 'stretch', margin: 0, padding: '16px', backgroundColor: tokens.colorNeutralBackground1, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', userSelect: 'text', fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, lineHeight: '18px' },
});

/** Text longer than this is cut: a preview is no editor. */
const longest = 500_000;

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

const images = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp', 'image/avif']);

/** What is in a paper: its newest version, or the one that is named. */
export function Preview({ id, version, back }: { readonly id: number; readonly version?: number; readonly back?: () => void }) {
  const styles = useStyles();
  const t = useT();
  const versions = useCall('document.versions', { id });
  return (
    <div className={styles.box}>
      {back && (
        <div className={styles.back}>
          <Button size="small" appearance="subtle" icon={<ArrowLeft20Regular />} onClick={back}>{t('parts.records.versions')}</Button>
        </div>
      )}
      <Answer of={versions}>
        {(all) => {
          const shown = version ?? all[0]?.id;
          return shown === undefined ? <EmptyState title={t('parts.records.noVersion')} text={t('parts.records.noVersionText')} /> : <Content key={shown} version={shown} />;
        }}
      </Answer>
    </div>
  );
}

function Content({ version }: { readonly version: number }) {
  const styles = useStyles();
  const t = useT();
  const content = useCall('document.content', { version_id: version });
  return (
    <Answer of={content}>
      {({ base64, media_type, file_name }) => (
        // Scrolled with the keys, so it can take the focus.
        <div className={styles.paper} role="region" tabIndex={0} aria-label={t('parts.timeline.filePreview', { title: file_name })}>
          <Kind base64={base64} type={media_type} name={file_name} />
        </div>
      )}
    </Answer>
  );
}

function Kind({ base64, type, name }: { readonly base64: string; readonly type: string; readonly name: string }) {
  const styles = useStyles();
  const t = useT();
  const bytes = useMemo(() => bytesOf(base64), [base64]);
  if (images.has(type)) return <Picture bytes={bytes} type={type} name={name} />;
  if (type === 'application/pdf') {
    return (
      <Suspense fallback={<Loading />}>
        <Pdf bytes={bytes} />
      </Suspense>
    );
  }
  if (type.startsWith('text/') || type === 'application/json' || type === 'message/rfc822') return <pre className={styles.text}>{new TextDecoder().decode(bytes.subarray(0, longest))}</pre>;
  return <EmptyState title={t('parts.records.noPreview')} text={t('parts.records.noPreviewText', { type })} />;
}

/** An image by a URL of its own, which is given back when it is no longer shown. */
function Picture({ bytes, type, name }: { readonly bytes: Uint8Array<ArrayBuffer>; readonly type: string; readonly name: string }) {
  const styles = useStyles();
  const [url, setUrl] = useState('');
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes], { type }));
    // oxlint would have this derived, but the URL must end with the effect that made it.
    queueMicrotask(() => setUrl(made));
    return () => URL.revokeObjectURL(made);
  }, [bytes, type]);
  return url === '' ? null : <img className={styles.image} src={url} alt={name} />;
}

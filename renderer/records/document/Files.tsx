import { Button, ProgressBar } from '@fluentui/react-components';
import { DocumentAdd20Regular } from '@fluentui/react-icons';
import { useRef } from 'react';
import { useCall } from '../../query.ts';
import { go, placeOf } from '../../state/ui.ts';
import { useT } from '../../t.ts';
import { OneLink } from '../../parts/timeline/Links.tsx';
import { usePaneStyles } from '../../parts/timeline/styles.ts';
import { Answer } from '../../parts/Problem.tsx';
import { useRights } from '../../parts/record/rights.ts';
import { addFiles, useAdding } from './files.ts';

/** The papers attached to a record. */
export function Files({ entity, id }: { readonly entity: string; readonly id: number }) {
  const styles = usePaneStyles();
  const t = useT();
  const links = useCall('link.list', { entity, id });
  const input = useRef<HTMLInputElement>(null);
  const writable = useRights().may('document', 'write');
  const adding = useAdding((state) => state.adding);
  return (
    <>
      {writable && (
        <>
          <input ref={input} type="file" multiple hidden aria-hidden tabIndex={-1} onChange={(event) => void addFiles([...(event.target.files ?? [])], { attach: { entity, id } })} />
          <Button icon={<DocumentAdd20Regular />} onClick={() => input.current?.click()}>{t('parts.timeline.fileAdd')}</Button>
        </>
      )}
      {adding && (
        <div role="status">
          <span className={styles.quiet}>{t('parts.timeline.fileAdding', { name: adding.name, at: adding.at, count: adding.count })}</span>
          <ProgressBar value={(adding.at - 0.5) / adding.count} aria-label={adding.name} />
        </div>
      )}
      <Answer of={links}>
        {(all) => {
          const files = all.filter((one) => one.entity === 'document');
          return files.length === 0 ? <p className={styles.quiet}>{t('parts.timeline.fileEmpty')}</p> : files.map((one) => <OneLink key={one.link_id} of={{ entity, id }} link={one} open={() => void go({ ...placeOf(one.entity, one.id), view: 'preview' })} />);
        }}
      </Answer>
    </>
  );
}

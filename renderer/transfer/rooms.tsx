import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ArrowExport20Regular } from '@fluentui/react-icons';
import { type DragEvent, useState } from 'react';
import { entities } from '#contract/calls.ts';
import { number } from '../parts/format.ts';
import { Answer } from '../parts/Problem.tsx';
import { useCall } from '../query.ts';
import { useCan } from '../state/session.ts';
import { tellWrong } from '../state/ui.ts';
import { useT, words } from '../t.ts';
import { ImportHistory } from './ImportHistory.tsx';
import { openExport, openImport, pickDropped } from './open.ts';
import { useStepStyles } from './styles.ts';

const useStyles = makeStyles({
  room: { height: '100%', overflow: 'auto', padding: '16px 24px', display: 'flex', flexDirection: 'column', gap: '16px' },
  over: { boxShadow: `inset 0 0 0 2px ${tokens.colorBrandStroke1}` },
  title: { margin: 0, fontSize: tokens.fontSizeBase600, lineHeight: tokens.lineHeightBase600, fontWeight: tokens.fontWeightSemibold },
  table: { maxWidth: '720px' },
});

/** Where imports begin and stand afterwards; a file dropped anywhere here opens one. */
export function ImportRoom() {
  const own = useStyles();
  const t = useT();
  const can = useCan();
  const [over, setOver] = useState(false);
  const may = can('transfer', 'write');
  const dragged = (event: DragEvent): void => {
    event.preventDefault();
    setOver(may);
  };
  const dropped = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    if (may) void pickDropped(event.dataTransfer).then((file) => (file ? openImport({ file }) : tellWrong(t('transfer.import.notAFile'))));
  };
  return (
    <div className={mergeClasses(own.room, over && own.over)} onDragOver={dragged} onDragLeave={() => setOver(false)} onDrop={dropped}>
      <h1 className={own.title}>{t('transfer.import.title')}</h1>
      <ImportHistory />
    </div>
  );
}

/** Every kind of record the role may read, to be saved as a file as a whole; a part of a list is exported from the list. */
export function ExportRoom() {
  const styles = useStepStyles();
  const own = useStyles();
  const t = useT();
  const can = useCan();
  const counts = useCall('company.counts', {});
  const kinds = Object.values(entities).filter((entity) => can(entity.area, 'read'));
  return (
    <div className={own.room}>
      <h1 className={own.title}>{t('transfer.export.room')}</h1>
      <p className={styles.text}>{t('transfer.export.roomAbout')}</p>
      <Answer of={counts}>
        {(known) => (
          <table className={mergeClasses(styles.table, own.table)} style={{ minWidth: 0 }}>
            <thead>
              <tr>
                <th scope="col" className={styles.th}>
                  {t('transfer.export.kind')}
                </th>
                <th scope="col" className={mergeClasses(styles.th, styles.end)}>
                  {t('transfer.export.count')}
                </th>
                <th className={styles.th} aria-label={t('transfer.export.action')} />
              </tr>
            </thead>
            <tbody>
              {kinds.map((entity) => (
                <tr key={entity.name}>
                  <th scope="row" className={styles.td} style={{ textAlign: 'start', fontWeight: 'inherit' }}>
                    {words(entity.plural)}
                  </th>
                  <td className={mergeClasses(styles.td, styles.end)}>{(known[entity.name] ?? 0) === 0 ? '–' : number(known[entity.name] ?? 0)}</td>
                  <td className={mergeClasses(styles.td, styles.end)}>
                    <Button size="small" icon={<ArrowExport20Regular />} onClick={() => openExport({ entity: entity.name, count: known[entity.name] ?? 0 })} aria-label={t('transfer.export.title', { what: words(entity.plural) })}>
                      {t('transfer.export.short')}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Answer>
    </div>
  );
}

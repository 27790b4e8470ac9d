import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { bytes, exact, relative } from '../../parts/format.ts';
import { Answer } from '../../parts/Problem.tsx';
import { useCall } from '../../query.ts';
import { useT } from '../../t.ts';
import { Preview } from './Preview.tsx';

const useStyles = makeStyles({
  scroll: { overflow: 'auto', padding: '8px 16px', flex: '1 1 0', minHeight: 0 },
  table: { width: '100%', maxWidth: '960px', borderCollapse: 'collapse', '& th, & td': { textAlign: 'left', padding: '4px 8px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, whiteSpace: 'nowrap' }, '& th': { fontWeight: tokens.fontWeightSemibold } },
  right: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
  name: { maxWidth: '260px', overflow: 'hidden', textOverflow: 'ellipsis' },
});

/** Every file that a paper ever was, newest first; each can be looked at. */
export function Versions({ id }: { readonly id: number }) {
  const styles = useStyles();
  const t = useT();
  const versions = useCall('document.versions', { id });
  const [open, setOpen] = useState<number | null>(null);
  if (open !== null) return <Preview id={id} version={open} back={() => setOpen(null)} />;
  return (
    <div className={styles.scroll}>
      <Answer of={versions}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState title={t('parts.records.noVersion')} text={t('parts.records.noVersionText')} />
          ) : (
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col" className={styles.right}>{t('parts.records.versionNo')}</th>
                  <th scope="col">{t('parts.records.fileName')}</th>
                  <th scope="col" className={styles.right}>{t('parts.records.size')}</th>
                  <th scope="col">{t('parts.records.addedBy')}</th>
                  <th scope="col">{t('parts.records.addedAt')}</th>
                  <th scope="col">{t('parts.records.searchable')}</th>
                  <th scope="col">
                    <span className="unseen">{t('parts.records.preview')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {all.map((version) => (
                  <tr key={version.id}>
                    <td className={styles.right}>{version.number}</td>
                    <td className={styles.name} title={`${version.file_name}\nSHA-256 ${version.hash}`}>{version.file_name}</td>
                    <td className={styles.right}>{bytes(version.bytes)}</td>
                    <td>{version.added_by}</td>
                    <td title={exact(version.added_at)}>{relative(version.added_at)}</td>
                    <td>{version.text_known ? t('common.yes') : t('common.no')}</td>
                    <td>
                      <Button size="small" onClick={() => setOpen(version.id)}>{t('parts.records.look')}</Button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Answer>
    </div>
  );
}

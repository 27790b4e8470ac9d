import { Button } from '@fluentui/react-components';
import { ArrowUndo16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { journalFormats, type LedgerImport } from '#contract/budgets/books.ts';
import { askReason } from '../../parts/Dialogs.tsx';
import { exact, number, relative } from '../../parts/format.ts';
import { useJob } from '../../parts/jobs/useJob.ts';
import { Answer } from '../../parts/Problem.tsx';
import { useCall } from '../../query.ts';
import { useCan } from '../../state/session.ts';
import { tell, tellWrong } from '../../state/ui.ts';
import { t as say, useT } from '../../t.ts';
import { Working } from '../../transfer/Working.tsx';

/** Ledgers that came in, newest first, each to be taken back as a whole. */
export function History() {
  const t = useT();
  const can = useCan();
  const found = useCall('journal.imports', {});
  const undo = useJob('journal.undo', (ending) => {
    if (ending.state === 'done') tell(say('budgets.ledger.undone_now', { count: ending.value.entries, n: number(ending.value.entries) }));
    else tellWrong(ending.state === 'failed' ? ending.failure.message : say('budgets.ledger.undo_cancelled'));
  });
  const [name, setName] = useState('');
  const takeBack = async (one: LedgerImport): Promise<void> => {
    const reason = await askReason({ title: t('budgets.ledger.undo_title', { name: one.file_name }), text: t('budgets.ledger.undo_text', { n: number(one.entries) }), reason: t('budgets.ledger.undo_reason'), yes: t('budgets.ledger.undo') });
    if (reason === null) return;
    setName(one.file_name);
    const done = await undo.start({ id: one.id, reason });
    if (done) tell(t('budgets.ledger.undone_now', { count: done.entries, n: number(done.entries) }));
  };
  return (
    <section aria-label={t('budgets.ledger.history')}>
      <h2 className="h3 section-line">{t('budgets.ledger.history')}</h2>
      <Working of={undo} label={t('budgets.ledger.undoing', { name })} />
      {undo.phase.state === 'cancelled' && <p role="status">{t('budgets.ledger.undo_cancelled')}</p>}
      <Answer of={found} rows={3}>
        {(rows) =>
          rows.length === 0 ? <p className="quiet">{t('budgets.ledger.history_none')}</p> : <Rows rows={rows} mayUndo={can('entry', 'approve')} busy={undo.phase.state === 'running'} onUndo={(one) => void takeBack(one)} />
        }
      </Answer>
    </section>
  );
}

function Rows({ rows, mayUndo, busy, onUndo }: { readonly rows: readonly LedgerImport[]; readonly mayUndo: boolean; readonly busy: boolean; readonly onUndo: (one: LedgerImport) => void }) {
  const t = useT();
  const program = (format: string): string => {
    const known = journalFormats.find((one) => one === format);
    return known ? t(`budgets.ledger.formats.${known}`) : format;
  };
  return (
    <div className="table-box">
      <table className="table roomy" style={{ maxWidth: 960 }}>
        <thead>
          <tr>
            <th scope="col">{t('budgets.ledger.when')}</th>
            <th scope="col">{t('budgets.ledger.file')}</th>
            <th scope="col">{t('budgets.ledger.format')}</th>
            <th scope="col">{t('budgets.ledger.by')}</th>
            <th scope="col" className="figure">
              {t('budgets.ledger.entries')}
            </th>
            <th scope="col">
              <span className="unseen">{t('budgets.ledger.undo')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr key={one.id}>
              <td title={exact(one.at)}>{relative(one.at)}</td>
              <td title={one.file_name}>{one.file_name}</td>
              <td>{program(one.format)}</td>
              <td title={one.by}>{one.by}</td>
              <td className="figure">{one.entries === 0 ? '–' : number(one.entries)}</td>
              <td className="tight">
                {one.undone_at !== null ? (
                  <span className="quiet" title={exact(one.undone_at)}>
                    {t('budgets.ledger.undone', { when: relative(one.undone_at) })}
                  </span>
                ) : (
                  mayUndo &&
                  one.entries > 0 && (
                    <Button size="small" icon={<ArrowUndo16Regular />} disabledFocusable={busy} aria-label={`${t('budgets.ledger.undo')}: ${one.file_name}`} onClick={() => !busy && onUndo(one)}>
                      {t('budgets.ledger.undo')}
                    </Button>
                  )
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

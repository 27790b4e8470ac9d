import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Field, Link, MessageBar, MessageBarBody, Radio, RadioGroup } from '@fluentui/react-components';
import { DocumentPdf16Regular, Print16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { entities } from '#contract/calls.ts';
import type { Entity } from '#contract/kit/entity.ts';
import type { Failure } from '#contract/kit/failure.ts';
import { list, number } from '../parts/format.ts';
import { failureOf, Problem } from '../parts/Problem.tsx';
import { useRights } from '../parts/record/rights.ts';
import { printPaper } from '../parts/report/print.ts';
import { useT, words } from '../t.ts';
import { closePrint, type ListNow, openExport, useOpen } from './open.ts';
import { listPaper, mostRows, printed } from './printList.ts';
import { useStepStyles } from './styles.ts';

/** The print dialog of a list, when one is open (`openPrint`). Stands once in the frame. */
export function PrintDialog({ hidden = false }: { readonly hidden?: boolean }) {
  const now = useOpen((open) => open.print);
  const entity = now ? entities[now.entity] : undefined;
  return now && entity ? <Print key={now.entity} now={now} entity={entity} hidden={hidden} /> : null;
}

function Print({ now, entity, hidden }: { readonly now: ListNow; readonly entity: Entity; readonly hidden: boolean }) {
  const styles = useStepStyles();
  const t = useT();
  const { sees } = useRights();
  const columns = printed(entity, now.fields, sees);
  const [landscape, setLandscape] = useState(columns.length > 5);
  const [fetched, setFetched] = useState<number | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const tooMany = now.count !== undefined && now.count > mostRows;
  const title = now.title ?? words(entity.plural);

  const print = async (to: 'pdf' | 'printer'): Promise<void> => {
    setFailure(null);
    setFetched(0);
    try {
      if (await printPaper(await listPaper(now, { landscape, told: setFetched }), to)) closePrint();
    } catch (thrown) {
      setFailure(failureOf(thrown));
    } finally {
      setFetched(null);
    }
  };

  return (
    <Dialog open={!hidden} onOpenChange={(_event, data) => !data.open && closePrint()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('transfer.print.title', { what: title })}</DialogTitle>
          <DialogContent className={styles.stack}>
            <p className={styles.text}>{t('transfer.print.about', { columns: list(columns.map(([, field]) => words(field.label))) })}</p>
            {now.filters && now.filters.length > 0 && <p className={styles.quiet}>{now.filters.join(' · ')}</p>}
            {tooMany && (
              <MessageBar intent="warning" layout="multiline">
                <MessageBarBody>
                  {t('transfer.print.tooMany', { most: number(mostRows), all: number(now.count ?? 0) })}{' '}
                  <Link
                    inline
                    onClick={() => {
                      closePrint();
                      openExport(now);
                    }}
                  >
                    {t('transfer.print.export')}
                  </Link>
                </MessageBarBody>
              </MessageBar>
            )}
            <Field label={t('transfer.print.paper')}>
              <RadioGroup layout="horizontal" value={landscape ? 'landscape' : 'portrait'} onChange={(_event, data) => setLandscape(data.value === 'landscape')}>
                <Radio value="portrait" label={t('transfer.print.portrait')} />
                <Radio value="landscape" label={t('transfer.print.landscape')} />
              </RadioGroup>
            </Field>
            {failure && <Problem failure={failure} />}
            {fetched !== null && (
              <p className={styles.quiet} role="status">
                {t('transfer.print.preparing', { n: number(fetched) })}
              </p>
            )}
          </DialogContent>
          <DialogActions fluid>
            <Button onClick={closePrint}>{t('common.cancel')}</Button>
            <Button icon={<DocumentPdf16Regular />} disabledFocusable={fetched !== null} onClick={() => void print('pdf')}>
              {t('transfer.print.pdf')}
            </Button>
            <Button appearance="primary" icon={<Print16Regular />} disabledFocusable={fetched !== null} onClick={() => void print('printer')}>
              {t('transfer.print.action')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

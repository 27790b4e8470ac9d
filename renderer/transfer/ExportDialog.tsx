import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Field, MessageBar, MessageBarActions, MessageBarBody, Radio, RadioGroup } from '@fluentui/react-components';
import { FolderOpen16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { entities } from '#contract/calls.ts';
import type { Format } from '#contract/company/transfer.ts';
import { today } from '#contract/kit/day.ts';
import type { Entity } from '#contract/kit/entity.ts';
import { office } from '../office.ts';
import { bytes, number } from '../parts/format.ts';
import { useJob } from '../parts/jobs/useJob.ts';
import { failureOf } from '../parts/Problem.tsx';
import { tell, tellWrong } from '../state/ui.ts';
import { useT, words } from '../t.ts';
import { fileName, narrowed } from './exported.ts';
import { formatsOf } from './mapping.ts';
import { closeExport, type ListNow, useOpen } from './open.ts';
import { useStepStyles } from './styles.ts';
import { Working } from './Working.tsx';

/** The export, when one is open (`openExport`). Stands once in the frame. */
export function ExportDialog({ hidden = false }: { readonly hidden?: boolean }) {
  const list = useOpen((open) => open.export);
  const entity = list ? entities[list.entity] : undefined;
  return list && entity ? <Export key={list.entity} now={list} entity={entity} hidden={hidden} /> : null;
}

function Export({ now, entity, hidden }: { readonly now: ListNow; readonly entity: Entity; readonly hidden: boolean }) {
  const styles = useStepStyles();
  const t = useT();
  const formats = formatsOf(entity.name);
  const [format, setFormat] = useState<Format>('xlsx');
  const [rows, setRows] = useState<'filtered' | 'all'>('filtered');
  const [columns, setColumns] = useState<'shown' | 'all'>(now.fields ? 'shown' : 'all');
  const [target, setTarget] = useState<{ readonly token: string; readonly name: string } | null>(null);
  const run = useJob('export.run', (ending) => {
    if (ending.state === 'done') tell(t('transfer.export.done', { count: ending.value.rows, n: number(ending.value.rows), name: target?.name ?? '' }));
    else tellWrong(ending.state === 'failed' ? ending.failure.message : t('transfer.export.cancelled'));
  });
  const { phase } = run;
  const title = now.title ?? words(entity.plural);
  const filtered = narrowed(now.list);
  const table = format === 'csv' || format === 'xlsx';

  const start = async (): Promise<void> => {
    try {
      const chosen = await office['desk.pick_target']({ name: fileName(title, today(), format) });
      if (!chosen) return;
      setTarget(chosen);
      const { filters: _filters, text: _text, ...order } = now.list ?? {};
      await run.start({
        entity: entity.name,
        format,
        target: chosen.token,
        list: rows === 'all' ? order : (now.list ?? {}),
        ...(table && columns === 'shown' && now.fields ? { fields: [...now.fields] } : {}),
      });
    } catch (thrown) {
      tellWrong(failureOf(thrown).message);
    }
  };
  const show = (): void => {
    if (target) office['desk.show_file']({ token: target.token }).catch((thrown: unknown) => tellWrong(failureOf(thrown).message));
  };
  const close = (): void => {
    if (phase.state === 'running') tell(t('transfer.export.goesOn'));
    closeExport();
  };

  return (
    <Dialog open={!hidden} onOpenChange={(_event, data) => !data.open && close()}>
      <DialogSurface>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (phase.state !== 'running') void start();
          }}
        >
          <DialogBody>
            <DialogTitle>{t('transfer.export.title', { what: title })}</DialogTitle>
            <DialogContent className={styles.stack}>
              <Field label={t('transfer.export.format')}>
                <RadioGroup
                  value={format}
                  onChange={(_event, data) => {
                    const chosen = formats.find((one) => one === data.value);
                    if (chosen) setFormat(chosen);
                  }}
                >
                  {formats.map((one) => (
                    <Radio key={one} value={one} label={t(`transfer.formats.${one}`)} />
                  ))}
                </RadioGroup>
              </Field>
              {filtered && (
                <Field label={t('transfer.export.rows')}>
                  <RadioGroup value={rows} onChange={(_event, data) => setRows(data.value === 'all' ? 'all' : 'filtered')}>
                    <Radio value="filtered" label={now.count === undefined ? t('transfer.export.filtered') : t('transfer.export.filteredCount', { count: now.count, n: number(now.count) })} />
                    <Radio value="all" label={t('transfer.export.allRows')} />
                  </RadioGroup>
                </Field>
              )}
              {table && now.fields && (
                <Field label={t('transfer.export.columns')}>
                  <RadioGroup value={columns} onChange={(_event, data) => setColumns(data.value === 'all' ? 'all' : 'shown')}>
                    <Radio value="shown" label={t('transfer.export.shown', { count: now.fields.length, n: number(now.fields.length) })} />
                    <Radio value="all" label={t('transfer.export.allColumns')} />
                  </RadioGroup>
                </Field>
              )}
              <Working of={run} label={t('transfer.export.running', { name: target?.name ?? '' })} />
              {phase.state === 'cancelled' && <p className={styles.text}>{t('transfer.export.cancelled')}</p>}
              {phase.state === 'done' && (
                <MessageBar intent="success" layout="multiline">
                  <MessageBarBody>
                    {t('transfer.export.done', { count: phase.value.rows, n: number(phase.value.rows), name: target?.name ?? '' })} {bytes(phase.value.bytes)}
                  </MessageBarBody>
                  <MessageBarActions>
                    <Button icon={<FolderOpen16Regular />} onClick={show}>
                      {t('transfer.export.show')}
                    </Button>
                  </MessageBarActions>
                </MessageBar>
              )}
            </DialogContent>
            <DialogActions>
              <Button onClick={close}>{t(phase.state === 'idle' ? 'common.cancel' : 'common.close')}</Button>
              <Button type="submit" appearance={phase.state === 'done' ? 'secondary' : 'primary'} disabledFocusable={phase.state === 'running'}>
                {t(phase.state === 'done' ? 'transfer.export.again' : 'transfer.export.choose')}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}

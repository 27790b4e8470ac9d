import { type DragEvent, useEffect, useState } from 'react';
import { Wizard, type WizardStep } from '../parts/wizard/Wizard.tsx';
import { number } from '../parts/format.ts';
import { go, placeOf, tell } from '../state/ui.ts';
import { type Translate, useT, words } from '../t.ts';
import { CheckStep } from './CheckStep.tsx';
import { ColumnsStep } from './ColumnsStep.tsx';
import { FileStep } from './FileStep.tsx';
import { KnownStep } from './KnownStep.tsx';
import { anyColumn, unfilled } from './mapping.ts';
import { closeImport, type ImportRequest, pickDropped, useOpen } from './open.ts';
import { ReadingStep } from './ReadingStep.tsx';
import { RunStep } from './RunStep.tsx';
import { type Importing, useImport } from './useImport.ts';

/** The import, when one is open (`openImport`). Stands once in the frame. */
export function ImportWizard({ hidden = false }: { readonly hidden?: boolean }) {
  const request = useOpen((open) => open.import);
  return request ? <Steps request={request} hidden={hidden} /> : null;
}

function Steps({ request, hidden }: { readonly request: ImportRequest; readonly hidden: boolean }) {
  const t = useT();
  const importing = useImport(request);
  // With file and kind known, the first step has nothing to ask.
  const [at, setAt] = useState(request.file && request.entity ? 1 : 0);
  const { file, entity, run, chooseFile } = importing;
  const { phase } = run;

  // Dropped on a list: the file is known before the first step is drawn.
  useEffect(() => {
    if (request.file) chooseFile(request.file);
    // Only when opened; chooseFile is made anew with every drawing.
    // eslint-disable-next-line react/exhaustive-deps
  }, [request]);

  const openList = (): void => {
    closeImport();
    if (entity) void go(placeOf(entity.name));
  };
  const leave = (): void => {
    if (phase.state === 'running') tell(t('transfer.run.goesOn', { name: file?.name ?? '' }));
    closeImport();
  };
  const content = {
    file: <FileStep importing={importing} fixed={request.entity !== undefined && request.proposed !== true} />,
    reading: <ReadingStep importing={importing} />,
    columns: <ColumnsStep importing={importing} />,
    known: <KnownStep importing={importing} />,
    check: <CheckStep importing={importing} />,
    run: <RunStep importing={importing} onOpenList={openList} />,
  };
  const steps: readonly WizardStep[] = (Object.keys(content) as (keyof typeof content)[]).map((key) => ({
    key,
    label: t(`transfer.import.step_${key}`),
    content: content[key],
    waits: waitsFor(t, importing, key),
    ...(key === 'run' ? { next: runWords(t, importing) } : {}),
  }));
  return (
    <Wizard
      title={entity && request.entity ? t('transfer.import.titleInto', { what: words(entity.plural) }) : t('transfer.import.title')}
      steps={steps}
      at={at}
      onAt={setAt}
      onFinish={importing.runNow}
      onClose={leave}
      onDrop={(event) => void droppedOn(event, importing, setAt)}
      guard={file && phase.state !== 'done' && phase.state !== 'running' ? t('transfer.import.guard') : ''}
      busy={phase.state === 'running'}
      hidden={hidden}
      {...(phase.state === 'done' ? { over: { label: t('common.close') } } : {})}
    />
  );
}

/** A file dropped anywhere on the import begins it anew with that file, as long as nothing was imported. */
async function droppedOn(event: DragEvent, importing: Importing, setAt: (at: number) => void): Promise<void> {
  if (event.defaultPrevented) return;
  event.preventDefault();
  const { state } = importing.run.phase;
  const picked = await pickDropped(event.dataTransfer);
  if (!picked || state === 'running' || state === 'done') return;
  importing.chooseFile(picked);
  setAt(0);
}

/** What is still to be done before one can go on; '' when nothing is. */
function waitsFor(t: Translate, importing: Importing, step: string): string {
  const { file, entity, looked, look, mapping, checked, check, run, partial } = importing;
  switch (step) {
    case 'file':
      if (!file) return t('transfer.waits.file');
      if (!entity) return t('transfer.waits.entity');
      return looked ? '' : t(look.phase.state === 'failed' ? 'transfer.waits.unreadable' : 'transfer.waits.looking');
    case 'reading':
      return look.phase.state === 'running' ? t('transfer.waits.looking') : looked && look.phase.state !== 'failed' ? '' : t('transfer.waits.unreadable');
    case 'columns':
      if (!entity || !mapping || !anyColumn(mapping)) return t('transfer.waits.columns');
      return unfilled(entity, mapping).length > 0 ? t('transfer.waits.required') : '';
    case 'check':
      if (check.phase.state === 'running') return t('transfer.waits.checking');
      if (!checked) return t('transfer.waits.unchecked');
      return checked.create + checked.update + checked.refused === 0 ? t('transfer.waits.nothing') : checked.good === 0 ? t('transfer.waits.noneGood') : '';
    case 'run':
      if (run.phase.state !== 'idle') return t('transfer.waits.plan');
      return checked && checked.refused > 0 && !partial ? t('transfer.waits.refused', { count: checked.refused, n: number(checked.refused) }) : '';
    default:
      return '';
  }
}

const runWords = (t: Translate, { checked }: Importing): string => {
  const count = checked ? checked.create + checked.update : 0;
  return t('transfer.run.action', { count, n: number(count) });
};

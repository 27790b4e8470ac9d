import { useState } from 'react';
import { entities } from '#contract/calls.ts';
import type { Checked, Looked, Mapping, Reading } from '#contract/company/transfer.ts';
import type { Entity } from '#contract/kit/entity.ts';
import { number } from '../parts/format.ts';
import { type JobOf, useJob } from '../parts/jobs/useJob.ts';
import { tell, tellWrong } from '../state/ui.ts';
import { t } from '../t.ts';
import { carried, settledMapping } from './mapping.ts';
import type { ImportRequest, Picked } from './open.ts';
import { undoImport } from './undoImport.ts';

export type Known = 'skip' | 'update' | 'refuse';

/** Everything the steps of an import read and change. */
export interface Importing {
  readonly entity: Entity | null;
  readonly file: Picked | null;
  readonly looked: Looked | null;
  readonly mapping: Mapping | null;
  readonly known: Known;
  /** Import the good rows although others are refused. */
  readonly partial: boolean;
  /** The dry run of exactly these choices; null when something was changed since. */
  readonly checked: Checked | null;
  readonly look: JobOf<'import.look'>;
  readonly check: JobOf<'import.check'>;
  readonly run: JobOf<'import.run'>;
  readonly undo: JobOf<'import.undo'>;
  readonly chooseFile: (file: Picked) => void;
  readonly chooseEntity: (name: string) => void;
  readonly changeReading: (reading: Reading) => void;
  readonly changeMapping: (mapping: Mapping) => void;
  readonly changeKnown: (known: Known) => void;
  readonly changePartial: (partial: boolean) => void;
  readonly checkNow: () => void;
  readonly runNow: () => void;
  readonly undoNow: () => void;
}

interface Choice {
  readonly entity: string;
  readonly file: Picked | null;
  readonly reading: Reading;
  readonly looked: Looked | null;
  readonly mapping: Mapping | null;
  readonly known: Known;
  readonly partial: boolean;
}

/** The file is read as the last look found it, so that check and import read it alike; an unnamed sheet is the first. */
function settled(looked: Looked): Reading {
  const { sheet, ...rest } = looked.reading;
  return sheet === '' ? rest : { ...rest, sheet };
}

export function useImport(request: ImportRequest): Importing {
  const [choice, setChoice] = useState<Choice>({ entity: request.entity ?? '', file: request.file ?? null, reading: {}, looked: null, mapping: null, known: 'skip', partial: false });
  const [checked, setChecked] = useState<Checked | null>(null);
  const look = useJob('import.look');
  const check = useJob('import.check');
  const name = choice.file?.name ?? '';
  const run = useJob('import.run', (ending) => {
    if (ending.state === 'done') {
      const { import_id: id, create, update } = ending.value;
      tell(t('transfer.run.doneAway', { name, created: number(create), updated: number(update) }), id === null ? undefined : () => undoImport(id));
    } else tellWrong(ending.state === 'failed' ? ending.failure.message : t('transfer.run.cancelled'));
  });
  const undo = useJob('import.undo');

  const lookAt = async (next: Choice): Promise<void> => {
    setChoice(next);
    setChecked(null);
    check.reset();
    if (!next.file || next.entity === '') return;
    const looked = await look.start({ entity: next.entity, source: next.file.token, reading: next.reading });
    if (looked) setChoice((now) => ({ ...now, looked, mapping: carried(next.looked, next.mapping, looked) }));
  };
  const change = (part: Partial<Choice>): void => {
    setChoice((now) => ({ ...now, ...part }));
    setChecked(null);
    check.reset();
  };
  const input = () => {
    const { entity, file, looked, mapping, known } = choice;
    return file && looked && mapping ? { entity, source: file.token, reading: settled(looked), mapping: settledMapping(mapping), known } : null;
  };

  return {
    entity: entities[choice.entity] ?? null,
    file: choice.file,
    looked: choice.looked,
    mapping: choice.mapping,
    known: choice.known,
    partial: choice.partial,
    checked,
    look,
    check,
    run,
    undo,
    chooseFile: (file) => void lookAt({ ...choice, file, reading: {}, looked: null, mapping: null }),
    chooseEntity: (entity) => void lookAt({ ...choice, entity, looked: null, mapping: null }),
    changeReading: (part) => void lookAt({ ...choice, reading: { ...choice.reading, ...part } }),
    changeMapping: (mapping) => change({ mapping }),
    changeKnown: (known) => change({ known }),
    // What is done with refused rows does not change what the check found.
    changePartial: (partial) => setChoice((now) => ({ ...now, partial })),
    checkNow: () => {
      const asked = input();
      if (asked) void check.start(asked).then((found) => found && setChecked(found));
    },
    runNow: () => {
      const asked = input();
      if (asked) void run.start({ ...asked, partial: choice.partial });
    },
    undoNow: () => {
      const id = run.phase.state === 'done' ? run.phase.value.import_id : null;
      if (id !== null) void undo.start({ id });
    },
  };
}

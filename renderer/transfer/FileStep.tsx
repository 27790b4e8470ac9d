import { Button, Field, makeStyles, mergeClasses, Select, tokens } from '@fluentui/react-components';
import { DocumentArrowUp24Regular } from '@fluentui/react-icons';
import { type DragEvent, useState } from 'react';
import { entities } from '#contract/calls.ts';
import { office } from '../office.ts';
import { bytes } from '../parts/format.ts';
import { failureOf } from '../parts/Problem.tsx';
import { useCan } from '../state/session.ts';
import { tellWrong } from '../state/ui.ts';
import { useT, words } from '../t.ts';
import { formatsOf } from './mapping.ts';
import { pickDropped } from './open.ts';
import { useStepStyles } from './styles.ts';
import type { Importing } from './useImport.ts';
import { Working } from './Working.tsx';

const useStyles = makeStyles({
  drop: { display: 'grid', justifyItems: 'center', alignContent: 'center', gap: '8px', minHeight: '200px', padding: '24px', textAlign: 'center', border: `1px dashed ${tokens.colorNeutralStrokeAccessible}`, borderRadius: tokens.borderRadiusMedium, backgroundColor: tokens.colorNeutralBackground2 },
  over: { backgroundColor: tokens.colorBrandBackground2, border: `1px solid ${tokens.colorBrandStroke1}` },
  name: { fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
});

/** Users and roles come with rights and passwords and are made one by one, under Settings. */
const byHand = new Set(['user', 'role']);

/** Which file, and what its rows are. */
export function FileStep({ importing, fixed }: { readonly importing: Importing; readonly fixed: boolean }) {
  const styles = useStepStyles();
  const own = useStyles();
  const t = useT();
  const can = useCan();
  const [over, setOver] = useState(false);
  const { file, entity, look } = importing;
  const kinds = entity ? formatsOf(entity.name) : (['csv', 'xlsx', 'vcard', 'ical'] as const);

  const pick = async (): Promise<void> => {
    try {
      const picked = await office['desk.pick_file']({ kinds: [...kinds] });
      if (picked) importing.chooseFile(picked);
    } catch (thrown) {
      tellWrong(failureOf(thrown).message);
    }
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void pickDropped(event.dataTransfer).then((picked) => (picked ? importing.chooseFile(picked) : tellWrong(t('transfer.import.notAFile'))));
  };

  return (
    <div className={styles.stack}>
      <div
        className={mergeClasses(own.drop, over && own.over)}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <DocumentArrowUp24Regular aria-hidden />
        {file ? (
          <>
            <span className={own.name}>{file.name}</span>
            <span className={styles.quiet}>{bytes(file.bytes)}</span>
          </>
        ) : (
          <span>{t('transfer.import.drop')}</span>
        )}
        <Button data-first={file ? undefined : ''} appearance={file ? 'secondary' : 'primary'} onClick={() => void pick()}>
          {t(file ? 'transfer.import.other' : 'transfer.import.choose')}
        </Button>
        <span className={styles.quiet}>{t(`transfer.import.kinds_${kinds.length === 2 ? 'table' : kinds.length === 4 ? 'all' : kinds.includes('vcard') ? 'vcard' : 'ical'}`)}</span>
      </div>
      {fixed && entity ? (
        <p className={styles.text}>{t('transfer.import.into', { what: words(entity.plural) })}</p>
      ) : (
        <Field label={t('transfer.import.what')} className={styles.wide} hint={entity ? words(entity.purpose) : t('transfer.import.whatHint')}>
          <Select value={entity?.name ?? ''} onChange={(_event, data) => importing.chooseEntity(data.value)}>
            <option value="">{t('transfer.import.whatChoose')}</option>
            {Object.values(entities)
              .filter((one) => !byHand.has(one.name) && one.ruled !== true && can(one.area, 'write'))
              .map((one) => (
                <option key={one.name} value={one.name}>
                  {words(one.plural)}
                </option>
              ))}
          </Select>
        </Field>
      )}
      <Working of={look} label={t('transfer.import.looking')} />
      <p className={styles.quiet}>{t('transfer.import.nothingYet')}</p>
    </div>
  );
}

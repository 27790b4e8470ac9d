import { Link, makeStyles, tokens } from '@fluentui/react-components';
import { ErrorCircle20Filled } from '@fluentui/react-icons';
import { useEffect, useRef } from 'react';
import type { Entity } from '#contract/kit/entity.ts';
import { useT, words } from '../../t.ts';
import { fieldId } from './FormBody.tsx';
import type { RecordForm } from './useRecordForm.ts';

const useStyles = makeStyles({
  box: { display: 'flex', gap: '8px', padding: '8px 12px', marginBottom: '8px', maxWidth: '936px', borderRadius: tokens.borderRadiusMedium, border: `1px solid ${tokens.colorPaletteRedBorder2}`, backgroundColor: tokens.colorPaletteRedBackground1, color: tokens.colorNeutralForeground1, ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` } },
  icon: { color: tokens.colorPaletteRedForeground1, flexShrink: 0 },
  list: { margin: 0, paddingLeft: '16px' },
});

/** Why it was not saved, each with a link to its field. Takes the focus when a save was refused. */
export function ErrorSummary({ entity, form, idBase }: { readonly entity: Entity; readonly form: RecordForm; readonly idBase: string }) {
  const styles = useStyles();
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  const errors = Object.entries(form.errors);
  useEffect(() => {
    if (form.refused > 0) box.current?.focus();
  }, [form.refused]);
  if (errors.length === 0) return null;
  return (
    <div ref={box} role="alert" tabIndex={-1} className={styles.box}>
      <ErrorCircle20Filled className={styles.icon} aria-hidden />
      <div>
        <b>{t('parts.record.problems', { count: errors.length })}</b>
        <ul className={styles.list}>
          {errors.map(([key, message]) => {
            const field = entity.fields[key];
            return (
              <li key={key}>
                {field ? (
                  <Link as="button" onClick={() => document.getElementById(fieldId(idBase, key))?.focus()}>
                    {words(field.label)}
                  </Link>
                ) : null}
                {field ? ': ' : ''}
                {message}
              </li>
            );
          })}
        </ul>
      </div>
    </div>
  );
}

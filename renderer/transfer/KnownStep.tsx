import { MessageBar, MessageBarBody, Radio, RadioGroup } from '@fluentui/react-components';
import { list } from '../parts/format.ts';
import { useT, words } from '../t.ts';
import { recognises } from './mapping.ts';
import { useStepStyles } from './styles.ts';
import type { Importing, Known } from './useImport.ts';

const choices: readonly Known[] = ['skip', 'update', 'refuse'];

/** What happens to rows whose record is there already. */
export function KnownStep({ importing }: { readonly importing: Importing }) {
  const styles = useStepStyles();
  const t = useT();
  const { entity, mapping, known } = importing;
  if (!entity || !mapping) return null;
  const keys = list((entity.keys ?? []).map((key) => words(entity.fields[key]?.label ?? { en: key, de: key })));
  const able = recognises(entity, mapping);
  return (
    <div className={styles.stack}>
      <p className={styles.text}>{keys === '' ? t('transfer.known.noKey') : t('transfer.known.about', { keys })}</p>
      {/* Where no row can be known, there is nothing to choose. */}
      {!able && keys !== '' && (
        <MessageBar intent="info">
          <MessageBarBody>{t('transfer.known.unable', { keys })}</MessageBarBody>
        </MessageBar>
      )}
      {able && <RadioGroup
        aria-label={t('transfer.known.title')}
        value={known}
        onChange={(_event, data) => {
          const chosen = choices.find((one) => one === data.value);
          if (chosen) importing.changeKnown(chosen);
        }}
      >
        {choices.map((one) => (
          <Radio
            key={one}
            value={one}
            label={
              <>
                <span className={styles.strong}>{t(`transfer.known.${one}`)}</span>
                <br />
                <span className={styles.quiet}>{t(`transfer.known.${one}About`)}</span>
              </>
            }
          />
        ))}
      </RadioGroup>}
    </div>
  );
}

import { Button, mergeClasses } from '@fluentui/react-components';
import { Archive16Regular, Tag16Regular } from '@fluentui/react-icons';
import { useT, words } from '../../t.ts';
import { amount, decimal, number } from '../format.ts';
import type { Column } from './columns.ts';
import { useBarStyles } from './styles.ts';

interface FooterProps {
  readonly columns: readonly Column[];
  readonly count: number;
  readonly counted: boolean;
  readonly chosen: number;
  readonly sums: Readonly<Record<string, number>>;
  readonly currency: string;
  readonly archive?: (() => void) | undefined;
  readonly restore?: (() => void) | undefined;
  readonly addTag?: (() => void) | undefined;
}

/** How many, how many of them chosen and what can be done with those, and what the number columns come to. */
export function Footer({ columns, count, counted, chosen, sums, currency, archive, restore, addTag }: FooterProps) {
  const styles = useBarStyles();
  const t = useT();
  return (
    <div className={styles.foot}>
      <span aria-live="polite">{t(counted ? 'parts.list.count' : 'parts.list.counting', { count, number: number(count) })}</span>
      {chosen > 1 && (
        <>
          <span className={styles.strong}>{t('parts.list.chosen', { count: chosen, number: number(chosen) })}</span>
          {archive && <Button className={styles.footLink} size="small" appearance="subtle" icon={<Archive16Regular />} onClick={archive}>{t('parts.list.archive')}</Button>}
          {restore && <Button className={styles.footLink} size="small" appearance="subtle" icon={<Archive16Regular />} onClick={restore}>{t('parts.list.restore')}</Button>}
          {addTag && <Button className={styles.footLink} size="small" appearance="subtle" icon={<Tag16Regular />} onClick={addTag}>{t('parts.list.addTag')}</Button>}
        </>
      )}
      <span className={styles.space} />
      {columns.map(({ key, field }) => {
        const sum = sums[key];
        if (sum === undefined) return null;
        return (
          <span key={key}>
            {words(field.label)} <b className={mergeClasses(styles.strong)}>{field.kind === 'money' ? amount(sum, currency) : decimal(sum, field.scale ?? 0)}</b>
          </span>
        );
      })}
    </div>
  );
}

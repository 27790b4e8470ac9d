import { Button, makeStyles, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger, tokens, Tooltip } from '@fluentui/react-components';
import { ArrowLeft20Regular, MoreHorizontal20Regular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import type { Entity } from '#contract/kit/entity.ts';
import { type Action, run, shown as keysShown } from '../../commands.ts';
import { language, useT } from '../../t.ts';
import { EntityIcon } from './EntityIcon.tsx';

const useStyles = makeStyles({
  head: { display: 'flex', alignItems: 'center', gap: '8px', minHeight: '52px', padding: '0 16px 0 8px', flexShrink: 0 },
  icon: { color: tokens.colorBrandForeground1, display: 'flex', flexShrink: 0 },
  titles: { minWidth: 0, display: 'flex', alignItems: 'baseline', gap: '8px', flex: '1 1 0', '& > .fui-Badge': { flexShrink: 0 } },
  title: { fontSize: tokens.fontSizeBase600, lineHeight: tokens.lineHeightBase600, fontWeight: tokens.fontWeightSemibold, margin: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  subtitle: { color: tokens.colorNeutralForeground3, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', flexShrink: 1000 },
  figures: { display: 'flex', gap: '16px', flexShrink: 0 },
  button: { height: '28px', whiteSpace: 'nowrap', flexShrink: 0 },
});

interface RecordHeadProps {
  readonly entity: Entity;
  readonly title: string;
  readonly subtitle?: string;
  readonly badges?: ReactNode;
  readonly figures?: ReactNode;
  readonly leave: Action;
  /** The one next step. */
  readonly main: Action | null;
  /** There is nothing to do for it now. */
  readonly idle?: boolean;
  /** Stands beside the main button. */
  readonly second?: Action | null;
  /** The others, behind the dots. */
  readonly others: readonly Action[];
}

/** The head of a record: the way back, what it is and how it stands, the one next step, the others behind dots. */
export function RecordHead({ entity, title, subtitle = '', badges, figures, leave, main, idle = false, second, others }: RecordHeadProps) {
  const styles = useStyles();
  const t = useT();
  const tip = (one: Action): string => (one.keys?.[0] ? `${t(one.label, one.params)} (${keysShown(one.keys[0], language())})` : t(one.label, one.params));
  const button = (one: Action, primary: boolean, off: boolean): ReactNode => (
    <Tooltip content={tip(one)} relationship="description">
      <Button className={styles.button} appearance={primary ? 'primary' : 'secondary'} disabledFocusable={off} {...(one.icon ? { icon: <one.icon /> } : {})} onClick={() => run(one)}>{t(one.label, one.params)}</Button>
    </Tooltip>
  );
  return (
    <header className={styles.head}>
      <Tooltip content={tip(leave)} relationship="label">
        <Button appearance="subtle" icon={<ArrowLeft20Regular />} onClick={() => run(leave)} />
      </Tooltip>
      <span className={styles.icon}>
        <EntityIcon entity={entity} />
      </span>
      <div className={styles.titles}>
        <h1 className={styles.title} title={title}>{title}</h1>
        {subtitle !== '' && <span className={styles.subtitle}>{subtitle}</span>}
        {badges}
      </div>
      {figures && <div className={styles.figures}>{figures}</div>}
      {second && button(second, false, false)}
      {main && button(main, !idle, idle)}
      {others.length > 0 && (
        <Menu positioning="below-end">
          <MenuTrigger disableButtonEnhancement>
            <Tooltip content={t('parts.record.more')} relationship="label">
              <Button className={styles.button} appearance="subtle" icon={<MoreHorizontal20Regular />} />
            </Tooltip>
          </MenuTrigger>
          <MenuPopover>
            <MenuList>
              {others.map((one) => (
                <MenuItem key={one.id} {...(one.icon ? { icon: <one.icon /> } : {})} secondaryContent={one.keys?.[0] ? keysShown(one.keys[0], language()) : null} onClick={() => run(one)}>
                  {t(one.label, one.params)}
                </MenuItem>
              ))}
            </MenuList>
          </MenuPopover>
        </Menu>
      )}
    </header>
  );
}

import { Button, Input, Menu, MenuDivider, MenuItem, MenuItemRadio, MenuList, MenuPopover, MenuTrigger, mergeClasses, Tooltip } from '@fluentui/react-components';
import { Add20Regular, ArrowDownload20Regular, ArrowUpload20Regular, ChevronDown12Regular, Dismiss16Regular, Filter20Regular, MoreHorizontal20Regular, Print20Regular, Search16Regular } from '@fluentui/react-icons';
import { type ReactNode, type RefObject, useEffect, useState } from 'react';
import type { Field } from '#contract/kit/field.ts';
import { setDensity, useUi } from '../../state/ui.ts';
import { prefer } from '../../state/preference.ts';
import { language, useT, words } from '../../t.ts';
import { type Action, possible, run, shown } from '../../commands.ts';
import { fieldsSorted } from './FilterChips.tsx';
import { useBarStyles } from './styles.ts';

export interface ListActions {
  readonly create: Action;
  readonly import: Action;
  readonly export: Action;
  readonly print: Action;
}

interface ToolbarProps {
  readonly filterInput: RefObject<HTMLInputElement | null>;
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly fields: readonly (readonly [string, Field])[];
  readonly addFilter: (key: string) => void;
  readonly archived: 'no' | 'yes' | 'both';
  readonly setArchived: (archived: 'no' | 'yes' | 'both') => void;
  readonly actions: ListActions;
  /** Enters the grid from the filter with the arrow down. */
  readonly enter: () => void;
  /** Saved views and the column chooser. */
  readonly views?: ReactNode;
  readonly columns?: ReactNode;
  /** Further buttons of a screen, such as list or tree. */
  readonly extra?: ReactNode;
  readonly small?: boolean;
}

/** One row over a list. What is used all day stands open, the rest behind the dots. */
export function Toolbar({ filterInput, text, setText, fields, addFilter, archived, setArchived, actions, enter, views, columns, extra, small }: ToolbarProps) {
  const styles = useBarStyles();
  const t = useT();
  const density = useUi((ui) => ui.density);
  const tip = (one: Action): string => `${t(one.label, one.params)}${one.keys?.[0] ? ` (${shown(one.keys[0], language())})` : ''}`;
  return (
    <div className={mergeClasses(styles.bar, small && styles.small)} role="toolbar" aria-label={t('parts.list.toolbar')}>
      <QuickFilter input={filterInput} text={text} setText={setText} enter={enter} />
      <Menu positioning="below-start">
        <MenuTrigger disableButtonEnhancement>
          <Button className={styles.button} appearance="subtle" icon={<Filter20Regular />}>
            {t('parts.list.filter')} <ChevronDown12Regular />
          </Button>
        </MenuTrigger>
        <MenuPopover style={{ maxHeight: '60vh' }}>
          <MenuList>
            {fieldsSorted(fields).map(([key, field]) => (
              <MenuItem key={key} onClick={() => addFilter(key)}>{words(field.label)}</MenuItem>
            ))}
          </MenuList>
        </MenuPopover>
      </Menu>
      {views}
      {extra}
      <span className={styles.space} />
      {columns}
      {[actions.export, actions.print].filter(possible).map((one) => (
        <Tooltip key={one.id} content={tip(one)} relationship="label">
          <Button className={styles.icon} appearance="subtle" icon={one.id === 'list.print' ? <Print20Regular /> : <ArrowUpload20Regular />} onClick={() => run(one)} />
        </Tooltip>
      ))}
      <Menu
        positioning="below-end"
        checkedValues={{ archived: [archived], density: [density] }}
        onCheckedValueChange={(_event, { name, checkedItems }) => {
          const value = checkedItems[0];
          if (name === 'archived' && (value === 'no' || value === 'yes' || value === 'both')) setArchived(value);
          if (name === 'density' && (value === 'normal' || value === 'compact')) {
            setDensity(value);
            prefer('rows', value);
          }
        }}
      >
        <MenuTrigger disableButtonEnhancement>
          <Tooltip content={t('common.more')} relationship="label">
            <Button className={styles.icon} appearance="subtle" icon={<MoreHorizontal20Regular />} />
          </Tooltip>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {possible(actions.import) && (
              <>
                <MenuItem icon={<ArrowDownload20Regular />} onClick={() => run(actions.import)}>{t(actions.import.label)}</MenuItem>
                <MenuDivider />
              </>
            )}
            <MenuItemRadio name="archived" value="no">{t('parts.list.archivedNo')}</MenuItemRadio>
            <MenuItemRadio name="archived" value="yes">{t('parts.list.archivedYes')}</MenuItemRadio>
            <MenuItemRadio name="archived" value="both">{t('parts.list.archivedBoth')}</MenuItemRadio>
            <MenuDivider />
            <MenuItemRadio name="density" value="normal">{t('parts.list.normalRows')}</MenuItemRadio>
            <MenuItemRadio name="density" value="compact">{t('parts.list.compactRows')}</MenuItemRadio>
          </MenuList>
        </MenuPopover>
      </Menu>
      {possible(actions.create) && (
        <Tooltip content={tip(actions.create)} relationship="description">
          <Button className={styles.primary} appearance="primary" icon={<Add20Regular />} onClick={() => run(actions.create)}>
            {t('parts.list.new')}
          </Button>
        </Tooltip>
      )}
    </div>
  );
}

/** Filters while typing, a moment after the last key. Esc empties it, the arrow down goes into the list. */
function QuickFilter({ input, text, setText, enter }: { readonly input: RefObject<HTMLInputElement | null>; readonly text: string; readonly setText: (text: string) => void; readonly enter: () => void }) {
  const styles = useBarStyles();
  const t = useT();
  const [typed, setTyped] = useState(text);
  const [known, setKnown] = useState(text);
  if (known !== text) {
    setKnown(text);
    setTyped(text);
  }
  useEffect(() => {
    if (typed === text) return undefined;
    const timer = setTimeout(() => setText(typed), 150);
    return () => clearTimeout(timer);
  }, [typed, text, setText]);
  return (
    <Input
      input={{ ref: input }}
      className={styles.filter}
      value={typed}
      maxLength={200}
      autoComplete="off"
      spellCheck={false}
      aria-label={t('parts.list.quick')}
      placeholder={t('parts.list.quick')}
      contentBefore={<Search16Regular aria-hidden />}
      contentAfter={typed === '' ? null : <Button size="small" appearance="transparent" icon={<Dismiss16Regular />} aria-label={t('parts.list.quickClear')} onClick={() => setTyped('')} />}
      onChange={(_event, data) => setTyped(data.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && typed !== '') {
          event.preventDefault();
          event.stopPropagation();
          setTyped('');
        }
        if (event.key === 'ArrowDown' || event.key === 'Enter') {
          event.preventDefault();
          setText(typed);
          enter();
        }
      }}
    />
  );
}

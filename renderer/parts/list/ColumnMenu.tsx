import { Menu, MenuDivider, MenuItem, MenuList, MenuPopover } from '@fluentui/react-components';
import { ArrowSortDown20Regular, ArrowSortUp20Regular, ChevronLeft20Regular, ChevronRight20Regular, EyeOff20Regular, Filter20Regular } from '@fluentui/react-icons';
import { useT, words } from '../../t.ts';
import type { Column } from './columns.ts';

export interface OpenMenu {
  readonly column: Column;
  readonly at: HTMLElement;
}

interface ColumnMenuProps {
  readonly menu: OpenMenu;
  readonly close: () => void;
  readonly sort: (order: string) => void;
  readonly filter: (key: string) => void;
  readonly move: (key: string, step: 1 | -1) => void;
  readonly hide: (key: string) => void;
}

/** What can be done with a column; opened with the right button, or from the column head with Alt+Down. */
export function ColumnMenu({ menu: { column, at }, close, sort, filter, move, hide }: ColumnMenuProps) {
  const t = useT();
  const { key, field } = column;
  const why = field.sortable ? null : t('parts.list.notSortable', { field: words(field.label) });
  return (
    <Menu open positioning={{ target: at, position: 'below', align: 'start' }} onOpenChange={(_event, data) => !data.open && close()}>
      <MenuPopover>
        <MenuList aria-label={words(field.label)}>
          <MenuItem icon={<ArrowSortUp20Regular />} disabled={!field.sortable} subText={why} onClick={() => sort(key)}>{t('parts.list.ascending')}</MenuItem>
          <MenuItem icon={<ArrowSortDown20Regular />} disabled={!field.sortable} onClick={() => sort(`-${key}`)}>{t('parts.list.descending')}</MenuItem>
          <MenuDivider />
          <MenuItem icon={<Filter20Regular />} onClick={() => filter(key)}>{t('parts.list.filterBy', { field: words(field.label) })}</MenuItem>
          <MenuDivider />
          <MenuItem icon={<ChevronLeft20Regular />} secondaryContent="Alt+←" onClick={() => move(key, -1)}>{t('parts.list.moveLeft')}</MenuItem>
          <MenuItem icon={<ChevronRight20Regular />} secondaryContent="Alt+→" onClick={() => move(key, 1)}>{t('parts.list.moveRight')}</MenuItem>
          <MenuItem icon={<EyeOff20Regular />} onClick={() => hide(key)}>{t('parts.list.hide')}</MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

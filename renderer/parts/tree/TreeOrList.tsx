import { ToggleButton, Tooltip } from '@fluentui/react-components';
import { TextBulletListTree20Regular, TextBulletListSquare20Regular } from '@fluentui/react-icons';
import type { AnyRow, Entity } from '#contract/kit/entity.ts';
import { usePreference } from '../../state/preference.ts';
import { useT } from '../../t.ts';
import { EntityList } from '../list/EntityList.tsx';
import { useBarStyles } from '../list/styles.ts';
import { TreeView } from './TreeView.tsx';

const isView = (value: unknown): value is 'tree' | 'list' => value === 'tree' || value === 'list';

/** Records that lie in each other, as a tree or as a list; remembered for each user. */
export function TreeOrList({ entity, second }: { readonly entity: Entity; readonly second?: (row: AnyRow) => string }) {
  const styles = useBarStyles();
  const t = useT();
  const [view, setView] = usePreference<'tree' | 'list'>(`view.${entity.name}`, 'tree', isView);
  const icons = { tree: <TextBulletListTree20Regular />, list: <TextBulletListSquare20Regular /> };
  const extra = (['tree', 'list'] as const).map((one) => (
    <Tooltip key={one} content={t(`parts.tree.${one}`)} relationship="label">
      <ToggleButton className={styles.icon} appearance="subtle" checked={view === one} icon={icons[one]} onClick={() => setView(one)} />
    </Tooltip>
  ));
  return view === 'tree' ? <TreeView entity={entity} extra={extra} {...(second ? { second } : {})} /> : <EntityList entity={entity} extra={extra} />;
}

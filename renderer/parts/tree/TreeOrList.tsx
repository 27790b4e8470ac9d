import { TextBulletListSquare20Regular, TextBulletListTree20Regular } from '@fluentui/react-icons';
import type { AnyRow, Entity } from '#contract/kit/entity.ts';
import { useT } from '../../t.ts';
import { EntityList } from '../list/EntityList.tsx';
import { useView, ViewSwitch } from '../list/ViewSwitch.tsx';
import { TreeView } from './TreeView.tsx';

const views = ['tree', 'list'] as const;

/** Records that lie in each other, as a tree or as a list. */
export function TreeOrList({ entity, second }: { readonly entity: Entity; readonly second?: (row: AnyRow) => string }) {
  const t = useT();
  const [view, setView] = useView(entity.name, views);
  const extra = (
    <ViewSwitch
      view={view}
      choose={setView}
      options={[
        { key: 'tree', label: t('parts.tree.tree'), icon: TextBulletListTree20Regular },
        { key: 'list', label: t('parts.tree.list'), icon: TextBulletListSquare20Regular },
      ]}
    />
  );
  return view === 'tree' ? <TreeView entity={entity} extra={extra} {...(second ? { second } : {})} /> : <EntityList entity={entity} extra={extra} />;
}

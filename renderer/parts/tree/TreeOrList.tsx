import { TextBulletListSquare20Regular, TextBulletListTree20Regular } from '@fluentui/react-icons';
import type { AnyRow, Entity } from '#contract/kit/entity.ts';
import { EntityList } from '../list/EntityList.tsx';
import { useViews } from '../list/ViewSwitch.tsx';
import { TreeView } from './TreeView.tsx';

const views = [
  { key: 'tree', label: 'parts.tree.tree', icon: TextBulletListTree20Regular },
  { key: 'list', label: 'parts.tree.list', icon: TextBulletListSquare20Regular },
] as const;

/** Records that lie in each other, as a tree or as a list. */
export function TreeOrList({ entity, second }: { readonly entity: Entity; readonly second?: (row: AnyRow) => string }) {
  const [view, extra] = useViews(entity.name, views);
  return view === 'tree' ? <TreeView entity={entity} extra={extra} {...(second ? { second } : {})} /> : <EntityList entity={entity} extra={extra} />;
}

import { entities } from '#contract/calls.ts';
import type { Named } from '#contract/kit/call.ts';
import { RecordSide } from '../records/index.tsx';
import { useAsk } from '../query.ts';
import { useUi } from '../state/ui.ts';
import { words } from '../t.ts';
import { SidePane } from './SidePane.tsx';

/** A record opened beside the work (Space in a list, Ctrl+Enter in the palette), in the right pane. */
export function Beside() {
  const beside = useUi((ui) => ui.beside);
  const entity = beside ? entities[beside.entity] : undefined;
  const named = useAsk<readonly Named[]>(`${beside?.entity ?? 'party'}.names`, { ids: [beside?.id ?? 0] }, { enabled: entity !== undefined });
  if (!beside || !entity) return null;
  return (
    <SidePane title={named.data?.[0]?.title ?? words(entity.label)}>
      <RecordSide key={`${beside.entity} ${beside.id}`} entity={entity} id={beside.id} peek />
    </SidePane>
  );
}

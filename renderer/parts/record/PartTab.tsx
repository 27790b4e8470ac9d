import { useState } from 'react';
import type { Entity } from '#contract/kit/entity.ts';
import { EntityList } from '../list/EntityList.tsx';
import { QuickDialog } from '../form/QuickCreate.tsx';
import { AddLine } from './AddLine.tsx';

/** The parts of one record: their list, and a line at its end that adds one. */
export function PartTab({ entity, owner, writable }: { readonly entity: Entity; readonly owner: number; readonly writable: boolean }) {
  const [creating, setCreating] = useState(false);
  const field = entity.partOf ?? '';
  return (
    <>
      <EntityList entity={entity} fixed={{ field, id: owner }} create={() => setCreating(true)} below={writable && <AddLine key={owner} entity={entity} field={field} owner={owner} />} />
      {creating && <QuickDialog entity={entity} given={{ [field]: owner }} hidden={[field]} end={() => setCreating(false)} />}
    </>
  );
}

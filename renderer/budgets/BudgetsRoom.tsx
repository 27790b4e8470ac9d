import { entities } from '#contract/calls.ts';
import { NoPermission } from '../parts/Problem.tsx';
import { roomsFor } from '../frame/areas.ts';
import { screens } from '../records/index.tsx';
import { useCan } from '../state/session.ts';
import type { Place } from '../state/ui.ts';
import { useT, words } from '../t.ts';
import { pages } from './pages.tsx';

/** The rooms of Budgets: pages of their own, and the lists and records of its kinds. */
export function BudgetsRoom({ place }: { readonly place: Place }) {
  useT();
  const can = useCan();
  const rooms = roomsFor('budgets', can);
  const area = place.entity ?? place.area ?? rooms[0]?.id;
  const room = rooms.find((one) => one.id === area);
  const Page = area ? pages[area] : undefined;
  if (Page && place.id === undefined) return room ? <Page key={area} /> : <NoPermission />;
  const entity = area ? entities[area] : undefined;
  const screen = entity ? screens[entity.name] : undefined;
  if (!entity || !screen || !can(entity.area, 'read')) return <NoPermission />;
  if (place.id === undefined) {
    return (
      <>
        <h1 className="unseen">{words(entity.plural)}</h1>
        <screen.List key={entity.name} />
      </>
    );
  }
  return <screen.Record key={`${entity.name} ${place.id}`} id={place.id} draft={place.draft} />;
}

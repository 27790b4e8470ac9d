import { lazy, Suspense } from 'react';
import { entities } from '#contract/calls.ts';
import { ComesNext } from './home/ComesNext.tsx';
import { Home } from './home/Home.tsx';
import { Loading } from './parts/Loading.tsx';
import { NoPermission } from './parts/Problem.tsx';
import { roomsFor } from './frame/areas.ts';
import { screens } from './records/index.tsx';
import { useCan } from './state/session.ts';
import type { Place } from './state/ui.ts';
import { useT, words } from './t.ts';
import { ImportHistory } from './transfer/ImportHistory.tsx';

/** Rooms that are seldom entered are loaded when they are. */
const Settings = lazy(async () => ({ default: (await import('./settings/Settings.tsx')).Settings }));
const BudgetsRoom = lazy(async () => ({ default: (await import('./budgets/BudgetsRoom.tsx')).BudgetsRoom }));
const Help = lazy(async () => ({ default: (await import('./help/Help.tsx')).Help }));

/** The screen of a place. */
export function Work({ place }: { readonly place: Place }) {
  switch (place.module) {
    case 'home':
      return <Home />;
    case 'records':
      return <RecordsRoom place={place} />;
    case 'budgets':
      return (
        <Suspense fallback={<Loading />}>
          <BudgetsRoom place={place} />
        </Suspense>
      );
    case 'security':
    case 'logistics':
      return <ComesNext room={place.module} />;
    case 'settings':
      return (
        <Suspense fallback={<Loading />}>
          <Settings place={place} />
        </Suspense>
      );
    case 'help':
      return (
        <Suspense fallback={<Loading />}>
          <Help place={place} />
        </Suspense>
      );
  }
}

/** The lists and records; the first area that the role may enter unless one is named. */
function RecordsRoom({ place }: { readonly place: Place }) {
  const t = useT();
  const can = useCan();
  const rooms = roomsFor('records', can);
  const area = place.entity ?? place.area ?? rooms[0]?.id;
  const entity = area ? entities[area] : undefined;
  if (area === 'import') {
    return (
      <div className="screen">
        <header className="screen-head">
          <h1 className="h1">{t('transfer.history.title')}</h1>
        </header>
        <div className="screen-body">
          <ImportHistory />
        </div>
      </div>
    );
  }
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

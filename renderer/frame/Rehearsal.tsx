import { useModalAttributes } from '@fluentui/react-components';
import { Activity, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { entities } from '#contract/calls.ts';
import { firstStep } from '../parts/list/pages.ts';
import { listMap, listPage } from '../parts/record/asked.ts';
import { client, keyOf } from '../query.ts';
import { useCan } from '../state/session.ts';
import type { Place } from '../state/ui.ts';
import { Work } from '../Work.tsx';
import { roomsFor } from './areas.ts';

/** Ms after signing in before the first rehearsal begins: home is drawn and its figures have come. And how long React may take for each, beside all else. */
const [pause, length] = [700, 1500];

/** A screen to rehearse, and how what it shows is fetched. */
interface Piece {
  readonly place: Place;
  readonly fetch: () => Promise<unknown>;
}

const statements = async (): Promise<void> => {
  const { fetchStatement } = await import('../budgets/statements/subject.ts');
  await Promise.all([fetchStatement('balance_sheet'), fetchStatement('trial_statement')]);
};

function pieces(can: ReturnType<typeof useCan>): Piece[] {
  const room = roomsFor('records', can)[0];
  const entity = room && entities[room.id]?.name;
  const page = { limit: firstStep };
  const list: Piece[] =
    room && entity !== undefined
      ? [{ place: room.place, fetch: () => Promise.all([client.prefetchQuery({ queryKey: keyOf(`${entity}.list`, page), queryFn: () => listPage(entity, page) }), client.prefetchQuery({ queryKey: keyOf(`${entity}.map`, {}), queryFn: () => listMap(entity, {}) })]) }]
      : [];
  const sheet = roomsFor('budgets', can).find((one) => one.id === 'sheet');
  if (!sheet || !can('period', 'read')) return list;
  return [...list, { place: sheet.place, fetch: statements }];
}

/**
 * The first list and the first statement of the day are drawn once where nobody sees it, when the window has nothing else to do: what they
 * show is fetched, their code compiled, their styles made. Nothing of them runs (React keeps effects of a hidden Activity back), and then
 * they are dropped. A list opened by key came 240 ms later without it.
 */
export function Rehearsal() {
  const can = useCan();
  const [all] = useState(() => pieces(can));
  const [at, setAt] = useState(0);
  const [fetched, setFetched] = useState(false);
  const [aside] = useState(() => document.createElement('div'));
  const piece = all[at];
  useEffect(() => {
    if (!piece) return undefined;
    const next = (): void => {
      setFetched(false);
      setAt(at + 1);
    };
    if (fetched) {
      const drop = setTimeout(next, length);
      return () => clearTimeout(drop);
    }
    const timer = setTimeout(() => void piece.fetch().then(() => requestIdleCallback(() => setFetched(true)), next), at === 0 ? pause : 0);
    return () => clearTimeout(timer);
  }, [piece, at, fetched]);
  if (!piece || !fetched) return null;
  return createPortal(
    <>
      <Menus />
      <Activity mode="hidden">
        <Work place={piece.place} />
      </Activity>
    </>,
    aside,
  );
}

/** What keeps the focus within an open menu is made by the first of them that is drawn: here, as effects of a rehearsed one do not run. */
function Menus() {
  useModalAttributes();
  return null;
}

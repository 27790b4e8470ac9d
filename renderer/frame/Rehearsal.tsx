import { Activity, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { entities } from '#contract/calls.ts';
import { firstStep } from '../parts/list/pages.ts';
import { listMap, listPage } from '../parts/record/asked.ts';
import { client, keyOf } from '../query.ts';
import { useCan } from '../state/session.ts';
import { Work } from '../Work.tsx';
import { roomsFor } from './areas.ts';

/** Ms after signing in before the rehearsal begins: home is drawn and its figures have come. And how long React may take for it, beside all else. */
const [pause, length] = [700, 2000];

type Stage = 'before' | 'asked' | 'over';

/**
 * The first list of the day is drawn once where nobody sees it, when the window has nothing else to do: its first page is fetched, its
 * code compiled, its styles made. Nothing of it runs (React keeps effects of a hidden Activity back), and then it is dropped. A list
 * opened by key came 240 ms later without it.
 */
export function Rehearsal() {
  const can = useCan();
  const [stage, setStage] = useState<Stage>('before');
  const [aside] = useState(() => document.createElement('div'));
  const room = roomsFor('records', can)[0];
  const entity = room && entities[room.id]?.name;
  useEffect(() => {
    if (entity === undefined || stage === 'over') return undefined;
    if (stage === 'asked') {
      const drop = setTimeout(() => setStage('over'), length);
      return () => clearTimeout(drop);
    }
    const timer = setTimeout(() => {
      const page = { limit: firstStep };
      const asked = [client.prefetchQuery({ queryKey: keyOf(`${entity}.list`, page), queryFn: () => listPage(entity, page) }), client.prefetchQuery({ queryKey: keyOf(`${entity}.map`, {}), queryFn: () => listMap(entity, {}) })];
      void Promise.all(asked).then(() => requestIdleCallback(() => setStage('asked')));
    }, pause);
    return () => clearTimeout(timer);
  }, [entity, stage]);
  if (stage !== 'asked' || !room) return null;
  return createPortal(
    <Activity mode="hidden">
      <Work place={room.place} />
    </Activity>,
    aside,
  );
}

import { useEffect, useState } from 'react';
import { today } from '#contract/kit/day.ts';
import { office } from '../../office.ts';
import { useCan, useSession } from '../../state/session.ts';
import { runDue } from './running.ts';

/** How often it is looked whether a new day has begun. The office is only asked when one has: a question would count as somebody at the desk. */
const pause = 60_000;

/** Makes recurring entries on their day: when somebody who may write entries signs in, and when a new day begins. */
export function RecurringClock() {
  const session = useSession();
  const may = useCan()('entry', 'write');
  const user = session?.user_id ?? 0;
  const [day, setDay] = useState(() => today());
  useEffect(() => {
    const timer = setInterval(() => setDay(today()), pause);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (user === 0 || !may) return undefined;
    let gone = false;
    const look = async (): Promise<void> => {
      const waiting = await office['recurring_entry.due']({}).catch(() => null);
      if (!gone && waiting && waiting.count + waiting.reversals > 0) await runDue(undefined, true);
    };
    void look();
    return () => {
      gone = true;
    };
  }, [user, may, day]);
  return null;
}

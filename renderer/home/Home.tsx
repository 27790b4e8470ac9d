import { useCall } from '../query.ts';
import { longDay } from '../parts/format.ts';
import { useCan } from '../state/session.ts';
import { useT } from '../t.ts';
import { today } from '#contract/kit/day.ts';
import { Agenda } from './Agenda.tsx';
import { BackupCard } from './BackupCard.tsx';
import { Changes } from './Changes.tsx';
import { Counts } from './Counts.tsx';
import { FirstSteps } from './FirstSteps.tsx';

/** What is due, what there is, what changed, and whether it is backed up. Each part opens its list. */
export function Home() {
  useT();
  const can = useCan();
  const counts = useCall('company.counts', {});
  const empty = counts.data !== undefined && ['party', 'place', 'document', 'task', 'event', 'department'].every((entity) => (counts.data[entity] ?? 0) === 0);
  return (
    <div className="home">
      <header className="home-head">
        <h1 className="h1">{longDay(today())}</h1>
      </header>
      <div className="home-main">
        {empty && <FirstSteps />}
        <Agenda />
      </div>
      <div className="home-side">
        <Counts />
        <BackupCard />
        {can('audit', 'read') && <Changes />}
      </div>
    </div>
  );
}

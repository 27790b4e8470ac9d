import { entities } from '#contract/calls.ts';
import type { AnyRow, Entity } from '#contract/kit/entity.ts';
import type { Words } from '#contract/kit/words.ts';
import { EntityList } from '../parts/list/EntityList.tsx';
import { TreeOrList } from '../parts/tree/TreeOrList.tsx';
import { DocumentList, DocumentRecord } from './document/Document.tsx';
import { entityOf } from './entity.ts';
import { EventList, EventRecord } from './event/Event.tsx';
import { PartyList, PartyRecord } from './party/Party.tsx';
import { RecordScreen } from './RecordScreen.tsx';
import type { Screen } from './screen.ts';
import { TaskList, TaskRecord } from './task/Task.tsx';

/** What the frame needs of the records: for each entity its list and its record; those without a screen of their own are generic. */

export { RecordSide } from './RecordScreen.tsx';
export type { ListProps, RecordProps, Screen } from './screen.ts';

const secondOf = (entity: Entity) => (row: AnyRow): string => {
  const second = entity.subtitle ? row[entity.subtitle] : '';
  return typeof second === 'string' ? second : '';
};

/** List and record of an entity that needs no screen of its own; `given` is what a new one begins with. */
function plain(name: string, given: Readonly<Record<string, unknown>> = {}): Screen {
  const entity = entityOf(name);
  return {
    List: () => (entity.tree ? <TreeOrList entity={entity} second={secondOf(entity)} /> : <EntityList entity={entity} />),
    Record: ({ id, draft }) => <RecordScreen entity={entity} id={id} given={{ ...given, ...draft }} />,
  };
}

export const screens: Readonly<Record<string, Screen>> = {
  party: { List: PartyList, Record: PartyRecord },
  contact: plain('contact'),
  address: plain('address'),
  identifier: plain('identifier'),
  assignment: plain('assignment'),
  position: plain('position'),
  department: plain('department'),
  place: plain('place'),
  document: { List: DocumentList, Record: DocumentRecord },
  task: { List: TaskList, Record: TaskRecord },
  event: { List: EventList, Record: EventRecord },
  user: plain('user'),
  role: plain('role'),
};

export interface RecordsArea {
  readonly entity: string;
  readonly icon: string;
  readonly label: Words;
  readonly screen: Screen;
}

/** The areas of the records module in the order of the area list. */
export const recordsAreas: readonly RecordsArea[] = ['party', 'department', 'place', 'document', 'task', 'event'].flatMap((name) => {
  const [entity, screen] = [entities[name], screens[name]];
  return entity && screen ? [{ entity: name, icon: entity.filing.icon, label: entity.plural, screen }] : [];
});

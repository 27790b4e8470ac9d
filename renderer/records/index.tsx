import type { ComponentType } from 'react';
import { entities } from '#contract/calls.ts';
import type { AnyRow, Entity } from '#contract/kit/entity.ts';
import type { Words } from '#contract/kit/words.ts';
import { EntityList } from '../parts/list/EntityList.tsx';
import { TreeOrList } from '../parts/tree/TreeOrList.tsx';
import { RecordScreen } from './RecordScreen.tsx';

/** What the frame needs of the records: for each entity its list and its record; those without a screen of their own are generic. */

export interface RecordProps {
  /** 0 for a new one. */
  readonly id: number;
  /** What a new one begins with. */
  readonly draft?: Readonly<Record<string, unknown>> | undefined;
}

export interface Screen {
  readonly List: ComponentType;
  readonly Record: ComponentType<RecordProps>;
}

const definition = (name: string): Entity => {
  const found = entities[name];
  if (!found) throw new Error(`There is no entity named ${name}.`);
  return found;
};

const secondOf = (entity: Entity) => (row: AnyRow): string => {
  const second = entity.subtitle ? row[entity.subtitle] : '';
  return typeof second === 'string' ? second : '';
};

/** List and record of an entity that needs no screen of its own; `given` is what a new one begins with. */
function plain(name: string, given: Readonly<Record<string, unknown>> = {}): Screen {
  const entity = definition(name);
  return {
    List: () => (entity.tree ? <TreeOrList entity={entity} second={secondOf(entity)} /> : <EntityList entity={entity} />),
    Record: ({ id, draft }) => <RecordScreen entity={entity} id={id} given={{ ...given, ...draft }} />,
  };
}

export { RecordSide } from './RecordScreen.tsx';

export const screens: Readonly<Record<string, Screen>> = {
  party: plain('party'),
  contact: plain('contact'),
  address: plain('address'),
  identifier: plain('identifier'),
  assignment: plain('assignment'),
  position: plain('position'),
  department: plain('department'),
  place: plain('place'),
  document: plain('document', { kind: 'other' }),
  task: plain('task', { state: 'open', priority: '2' }),
  event: plain('event', { state: 'confirmed' }),
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


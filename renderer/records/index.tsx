import { entities } from '#contract/calls.ts';
import type { AnyRow, Entity } from '#contract/kit/entity.ts';
import { AssetList, AssetRecord } from '../budgets/assets/Assets.tsx';
import { AuditList, AuditRecord, ItemList, ItemRecord, RequestRecord, SampleRecord } from '../budgets/audit/Audits.tsx';
import { DesignRecord } from '../budgets/design/Design.tsx';
import { RecurringList, RecurringRecord } from '../budgets/recurring/Recurring.tsx';
import { TemplateList, TemplateRecord } from '../budgets/templates/Templates.tsx';
import { YearList, YearRecord } from '../budgets/years/Years.tsx';
import { RateList } from '../budgets/exchange/RateList.tsx';
import { EntryList } from '../budgets/entry/EntryList.tsx';
import { EntryRecord } from '../budgets/entry/EntryRecord.tsx';
import { EntityList } from '../parts/list/EntityList.tsx';
import { besideTitle } from '../parts/record/asked.ts';
import { TreeOrList } from '../parts/tree/TreeOrList.tsx';
import { DocumentList, DocumentRecord } from './document/Document.tsx';
import { EventList, EventRecord } from './event/Event.tsx';
import { PartyList, PartyRecord } from './party/Party.tsx';
import { RecordScreen } from './RecordScreen.tsx';
import type { Screen } from './screen.ts';
import { TaskList, TaskRecord } from './task/Task.tsx';

/** What the frame needs of the records: for each entity its list and its record; those without a screen of their own are generic. */

export { RecordSide } from './RecordScreen.tsx';
export type { ListProps, RecordProps, Screen } from './screen.ts';

const secondOf = (entity: Entity) => (row: AnyRow): string => besideTitle(row[entity.title], entity.subtitle ? row[entity.subtitle] : '');

/** List and record of an entity that needs no screen of its own. */
function plain(entity: Entity): Screen {
  return {
    List: () => (entity.tree ? <TreeOrList entity={entity} second={secondOf(entity)} /> : <EntityList entity={entity} />),
    Record: ({ id, draft }) => <RecordScreen entity={entity} id={id} {...(draft ? { given: draft } : {})} />,
  };
}

/** Those with screens of their own. */
const own: Readonly<Record<string, Partial<Screen>>> = {
  party: { List: PartyList, Record: PartyRecord },
  document: { List: DocumentList, Record: DocumentRecord },
  task: { List: TaskList, Record: TaskRecord },
  event: { List: EventList, Record: EventRecord },
  entry: { List: EntryList, Record: EntryRecord },
  asset: { List: AssetList, Record: AssetRecord },
  rate: { List: RateList },
  engagement: { List: AuditList, Record: AuditRecord },
  audit_request: { List: AuditList, Record: RequestRecord },
  audit_item: { List: ItemList, Record: ItemRecord },
  audit_sample: { List: AuditList, Record: SampleRecord },
  statement_design: { Record: DesignRecord },
  entry_template: { List: TemplateList, Record: TemplateRecord },
  recurring_entry: { List: RecurringList, Record: RecurringRecord },
  fiscal_year: { List: YearList, Record: YearRecord },
};

export const screens: Readonly<Record<string, Screen>> = Object.fromEntries(Object.values(entities).map((entity) => [entity.name, { ...plain(entity), ...own[entity.name] }]));

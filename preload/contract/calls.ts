import { account, accountCalls } from './budgets/account.ts';
import { asset, assetCalls, assetUse } from './budgets/asset.ts';
import { bookCalls } from './budgets/books.ts';
import { commodity, currencyCalls, rate } from './budgets/currency.ts';
import { designCalls, statementDesign } from './budgets/design.ts';
import { dimensionCalls, ownTag, project, taxCode } from './budgets/dimension.ts';
import { auditItem, auditPack, auditRequest, auditSample, engagement, engagementCalls } from './budgets/engagement.ts';
import { entry, entryCalls } from './budgets/entry.ts';
import { exchangeCalls } from './budgets/exchange.ts';
import { fiscalYear, period, periodCalls } from './budgets/period.ts';
import { recurringCalls, recurringEntry } from './budgets/recurring.ts';
import { reportCalls } from './budgets/report.ts';
import { entryTemplate, entryTemplateLine, templateCalls } from './budgets/template.ts';
import { auditCalls } from './company/audit.ts';
import { companyCalls } from './company/company.ts';
import { deskCalls } from './company/desk.ts';
import { searchCalls } from './company/search.ts';
import { transferCalls } from './company/transfer.ts';
import type { Entity } from './kit/entity.ts';
import { department, departmentCalls } from './records/department.ts';
import { document, documentCalls } from './records/document.ts';
import { event, eventCalls } from './records/event.ts';
import { linkCalls } from './records/links.ts';
import { party, partyCalls } from './records/party.ts';
import { address, assignment, contact, identifier, partyPartCalls, position } from './records/partyParts.ts';
import { place, placeCalls } from './records/place.ts';
import { task, taskCalls } from './records/task.ts';
import { role, user, userCalls } from './records/user.ts';

/** Everything that may be asked, by name. The command line, the window and the tests all read this one list. */
export const calls = {
  ...partyCalls,
  ...partyPartCalls,
  ...departmentCalls,
  ...placeCalls,
  ...documentCalls,
  ...taskCalls,
  ...eventCalls,
  ...linkCalls,
  ...userCalls,
  ...accountCalls,
  ...currencyCalls,
  ...dimensionCalls,
  ...periodCalls,
  ...entryCalls,
  ...exchangeCalls,
  ...templateCalls,
  ...recurringCalls,
  ...assetCalls,
  ...reportCalls,
  ...designCalls,
  ...bookCalls,
  ...engagementCalls,
  ...companyCalls,
  ...auditCalls,
  ...searchCalls,
  ...transferCalls,
  ...deskCalls,
} as const;

export type AllCalls = typeof calls;
export type CallName = keyof AllCalls;

/** Every kind of record, by name, in the order in which menus and files list them. */
export const entities: Readonly<Record<string, Entity>> = Object.freeze(
  Object.fromEntries(
    [party, contact, address, identifier, assignment, position, department, place, document, task, event, user, role, account, commodity, rate, project, taxCode, ownTag, fiscalYear, period, entry, entryTemplate, entryTemplateLine, recurringEntry, asset, assetUse, engagement, auditRequest, auditItem, auditSample, auditPack, statementDesign].map((one) => [one.name, one as unknown as Entity]),
  ),
);

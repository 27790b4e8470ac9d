import { rate } from '#contract/budgets/currency.ts';
import { project, taxCode } from '#contract/budgets/dimension.ts';
import { entry } from '#contract/budgets/entry.ts';
import { entryTemplateLine } from '#contract/budgets/template.ts';
import { fiscalYear, period as fiscalPeriod } from '#contract/budgets/period.ts';
import { find, match } from './accounts/accountFind.ts';
import { digitLines, digits } from './audit/auditDigits.ts';
import { runTests } from './audit/auditRun.ts';
import { draw } from './audit/auditSample.ts';
import * as assets from './assets/asset.ts';
import { designRoom, reportDesign } from './designs/design.ts';
import { starters } from './designs/designStarters.ts';
import { dispose, disposal } from './assets/assetDisposal.ts';
import { capitalise, purchases } from './assets/assetPurchase.ts';
import { archive as archiveAsset, assetRoom, assetUseRoom } from './assets/assetRegister.ts';
import * as books from './accounts/books.ts';
import * as audits from './audit/engagement.ts';
import * as entries from './journal/entry.ts';
import { writeEvidence } from './audit/evidence.ts';
import { checkPack } from './audit/evidenceCheck.ts';
import { exportJournal } from './ledgers/journalExport.ts';
import { fileAccounts } from './ledgers/fileAccounts.ts';
import { importJournal } from './ledgers/journalImport.ts';
import { imports, undoImport } from './ledgers/journalUndo.ts';
import { verifyLedger } from './audit/ledgerCheck.ts';
import * as openings from './journal/opening.ts';
import { ownTagRoom } from './accounts/ownTags.ts';
import * as periods from './accounts/periods.ts';
import * as recurring from './journal/recurring.ts';
import { course } from './exchange/rateCourse.ts';
import { importRates } from './exchange/rateImport.ts';
import { explain, register } from './journal/register.ts';
import { exportReport } from './statements/reportExport.ts';
import * as exchange from './exchange/revaluation.ts';
import { settle } from './exchange/settlement.ts';
import * as statements from './statements/statements.ts';
import * as taxes from './journal/taxSplit.ts';
import * as templates from './journal/template.ts';
import { trialBalance, trialStatement } from './statements/trial.ts';
import { closeYear, closing, reopenYear } from './journal/yearEnd.ts';
import { accountNames, accountRoom } from './accounts/account.ts';
import { commodityRoom } from './accounts/currency.ts';
import { crudHandlers, room } from '../db/room.ts';
import type { Handlers } from '../handlers.ts';
import { guessFormat } from '../io/journal/guess.ts';
import { withoutFolders } from '../io/journal/refusal.ts';

/** The budgets module: its kinds of record, who answers its calls, and its share of the agenda. */

export { recurringAgenda } from './journal/recurring.ts';

export const budgetRooms = {
  account: accountRoom,
  commodity: commodityRoom,
  rate: room(rate),
  project: room(project),
  tax_code: room(taxCode),
  own_tag: ownTagRoom,
  fiscal_year: room(fiscalYear),
  period: room(fiscalPeriod),
  entry: room(entry),
  entry_template: templates.templateRoom,
  entry_template_line: room(entryTemplateLine),
  recurring_entry: recurring.recurringRoom,
  asset: assetRoom,
  asset_use: assetUseRoom,
  ...audits.auditRooms,
  statement_design: designRoom,
};

export const budgetHandlers = {
  ...crudHandlers(budgetRooms.account),
  'account.names': accountNames,
  'account.find': find,
  'account.match': match,
  ...crudHandlers(budgetRooms.commodity),
  ...crudHandlers(budgetRooms.rate),
  'rate.course': course,
  'rate.import': (ctx, input, aid) => withoutFolders(() => importRates(ctx, input, aid.job!)),
  ...crudHandlers(budgetRooms.project),
  ...crudHandlers(budgetRooms.tax_code),
  ...crudHandlers(budgetRooms.own_tag),
  ...crudHandlers(budgetRooms.fiscal_year),
  'fiscal_year.create': periods.createYear,
  'fiscal_year.close': closeYear,
  'fiscal_year.reopen': reopenYear,
  ...crudHandlers(budgetRooms.period),
  'period.set_state': periods.setState,
  ...crudHandlers(budgetRooms.entry),
  'entry.lines': entries.linesOf,
  'entry.check': entries.check,
  'entry.save': entries.save,
  'entry.copy': entries.copy,
  'entry.discard': entries.discard,
  'entry.post': entries.post,
  'entry.add': entries.add,
  'entry.reverse': entries.reverse,
  'exchange.settle': settle,
  'exchange.plan': exchange.plan,
  'exchange.revalue': exchange.revalue,
  'exchange.runs': exchange.runs,
  'exchange.due': exchange.due,
  ...crudHandlers(budgetRooms.entry_template),
  ...crudHandlers(budgetRooms.entry_template_line),
  'entry_template.lines': templates.templateLines,
  'entry_template.save': templates.save,
  'entry_template.take': templates.take,
  'entry_template.fill': templates.fill,
  ...crudHandlers(budgetRooms.recurring_entry),
  'recurring_entry.dates': recurring.dates,
  'recurring_entry.due': recurring.due,
  'recurring_entry.run': recurring.runDue,
  'recurring_entry.skip': recurring.skip,
  'tax_code.split': taxes.split,
  ...crudHandlers(budgetRooms.asset),
  'asset.archive': archiveAsset,
  'asset.schedule': assets.schedule,
  'asset.plan': assets.plan,
  'asset.depreciate': assets.depreciate,
  'asset.disposal': disposal,
  'asset.dispose': dispose,
  'asset.purchases': purchases,
  'asset.capitalise': capitalise,
  ...crudHandlers(budgetRooms.asset_use),
  'report.trial_balance': trialBalance,
  'report.trial_statement': trialStatement,
  'report.balance_sheet': statements.balanceSheet,
  'report.profit_and_loss': statements.profitAndLoss,
  'report.cash_flow': statements.cashFlow,
  'report.register': register,
  'report.explain': explain,
  ...crudHandlers(budgetRooms.statement_design),
  'statement_design.starters': starters,
  'report.design': reportDesign,
  'report.export': (ctx, input, aid) => exportReport(ctx, input, aid.job!),
  'books.get': books.state,
  'books.charts': books.charts,
  'books.chart': (_ctx, { code }) => books.chart(code),
  'books.set_up': books.setUp,
  'books.opening': openings.opening,
  'books.open': openings.open,
  'books.closing': closing,
  'journal.guess': (_ctx, { source }) => ({ format: guessFormat(source) }),
  'journal.imports': imports,
  'journal.undo': (ctx, input, aid) => undoImport(ctx, input, aid.job!),
  'journal.accounts': (ctx, input, aid) => withoutFolders(() => fileAccounts(ctx, input, aid.job!)),
  'journal.import': (ctx, input, aid) => withoutFolders(() => importJournal(ctx, input, aid.job!)),
  'journal.export': (ctx, input, aid) => exportJournal(ctx, input, aid.job!),
  ...crudHandlers(budgetRooms.engagement),
  ...crudHandlers(budgetRooms.audit_request),
  ...crudHandlers(budgetRooms.audit_item),
  ...crudHandlers(budgetRooms.audit_sample),
  ...crudHandlers(budgetRooms.audit_pack),
  'audit_request.provide': audits.provide,
  'audit_item.review': audits.review,
  'engagement.tests': audits.tests,
  'engagement.run': runTests,
  'engagement.benford': digits,
  'engagement.digit_lines': digitLines,
  'engagement.draw': draw,
  'engagement.evidence': writeEvidence,
  'engagement.check_pack': (ctx, input, aid) => checkPack(ctx, input, aid.job!),
  'engagement.keep_pack': audits.keepPack,
  'ledger.verify': (ctx, _input, aid) => verifyLedger(ctx, aid.job!),
} satisfies Partial<Handlers>;

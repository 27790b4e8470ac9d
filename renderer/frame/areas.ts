import {
  ArrowImport20Regular,
  BookGlobe20Regular,
  BookStar20Regular,
  Building20Regular,
  CalculatorMultiple20Regular,
  ClipboardTextLtr20Regular,
  CurrencyDollarEuro20Regular,
  ChartMultiple20Regular,
  DatabaseArrowUp20Regular,
  type FluentIcon,
  ArrowSwap20Regular,
  BookOpen20Regular,
  Home20Regular,
  Scales20Regular,
  Info20Regular,
  Keyboard20Regular,
  NumberSymbol20Regular,
  PaintBrush20Regular,
  PersonAccounts20Regular,
  ShieldCheckmark20Regular,
  ShieldPerson20Regular,
} from '@fluentui/react-icons';
import { entities } from '#contract/calls.ts';
import type { Area, Level } from '#contract/kit/access.ts';
import type { Entity } from '#contract/kit/entity.ts';
import { iconOf } from '../parts/icons.ts';
import { type Module, type Place, placeOf } from '../state/ui.ts';
import { t, words } from '../t.ts';

/** The rooms of each module, as the area list, the breadcrumbs and the palette show them. */
export interface Room {
  readonly id: string;
  readonly label: () => string;
  readonly icon: FluentIcon;
  readonly place: Place;
  /** Right that the role needs to see it at all. */
  readonly needs?: readonly [Area, Level];
  /** Heading it stands under. */
  readonly group?: () => string;
  /** Entity whose records are counted beside it. */
  readonly counts?: string;
}

/** Users and roles are settings: they are made and changed there alone, with passwords and rights. */
export const inSettings = (entity: Entity): boolean => entity.area === 'user';

/** Kinds of record with a list of their own: not those that are parts of another, and not settings. */
export const listed: readonly Entity[] = Object.values(entities).filter((entity) => entity.partOf === undefined && !inSettings(entity));

const records: readonly Room[] = [
  ...listed
    .filter((entity) => entity.filing.module === 'records')
    .map(
      (entity): Room => ({
        id: entity.name,
        label: () => words(entity.plural),
        icon: iconOf(entity.filing.icon),
        place: placeOf(entity.name),
        needs: [entity.area, 'read'],
        counts: entity.name,
      }),
    ),
  { id: 'import', label: () => t('transfer.history.title'), icon: ArrowImport20Regular, place: { module: 'records', area: 'import' }, needs: ['transfer', 'read'], group: () => t('frame.data') },
];

const ofBooks = (name: string, group: () => string): Room[] =>
  listed
    .filter((entity) => entity.name === name)
    .map((entity): Room => ({ id: entity.name, label: () => words(entity.plural), icon: iconOf(entity.filing.icon), place: placeOf(entity.name), needs: [entity.area, 'read'], counts: entity.name, group }));

const books = (): string => t('budgets.rooms.books');
const setUp = (): string => t('budgets.rooms.setUp');
const audits = (): string => t('budgets.audit.room');
const statements = (): string => t('budgets.rooms.reports');

const statement = (id: string, label: () => string, icon: FluentIcon): Room => ({ id, label, icon, group: statements, needs: ['report', 'read'], place: { module: 'budgets', area: id } });

/** A page of Budgets that is no list. */
const pageOfBooks = (id: string, label: () => string, icon: FluentIcon, group: () => string, needs: readonly [Area, Level]): Room => ({ id, label, icon, group, needs, place: { module: 'budgets', area: id } });

const budgets: readonly Room[] = [
  { id: 'overview', label: () => t('budgets.statements.overview'), icon: Home20Regular, place: { module: 'budgets', area: 'overview' }, needs: ['account', 'read'] },
  ...ofBooks('entry', books),
  ...ofBooks('entry_template', books),
  ...ofBooks('recurring_entry', books),
  ...ofBooks('account', books),
  ...ofBooks('asset', books),
  pageOfBooks('exchange', () => t('budgets.exchange.title'), CurrencyDollarEuro20Regular, books, ['entry', 'read']),
  statement('trial', () => t('budgets.statements.trial'), CalculatorMultiple20Regular),
  statement('sheet', () => t('budgets.statements.sheet'), Scales20Regular),
  statement('result', () => t('budgets.statements.result'), ChartMultiple20Regular),
  statement('cash', () => t('budgets.statements.cash'), ArrowSwap20Regular),
  statement('ledger', () => t('budgets.statements.ledger'), BookOpen20Regular),
  ...ofBooks('engagement', audits),
  pageOfBooks('ledger_check', () => t('budgets.ledger.check'), ShieldCheckmark20Regular, audits, ['report', 'read']),
  ...ofBooks('statement_design', statements),
  pageOfBooks('setup', () => t('budgets.setup.title'), BookGlobe20Regular, setUp, ['account', 'read']),
  pageOfBooks('opening', () => t('budgets.opening.title'), BookStar20Regular, setUp, ['entry', 'read']),
  pageOfBooks('ledgers', () => t('budgets.ledger.title'), ArrowImport20Regular, setUp, ['entry', 'read']),
  ...['fiscal_year', 'project', 'own_tag', 'tax_code', 'commodity', 'rate'].flatMap((name) => ofBooks(name, setUp)),
];

const setting = (id: string, label: () => string, icon: FluentIcon, group: () => string, needs?: readonly [Area, Level]): Room => ({
  id,
  label,
  icon,
  group,
  place: { module: 'settings', area: id },
  ...(needs ? { needs } : {}),
});

const firm = (): string => t('frame.settings.firm');
const people = (): string => t('frame.settings.people');
const safety = (): string => t('frame.settings.safety');

const settings: readonly Room[] = [
  setting('company', () => t('frame.settings.company'), Building20Regular, firm, ['company', 'read']),
  setting('series', () => t('frame.settings.series'), NumberSymbol20Regular, firm, ['company', 'read']),
  setting('users', () => t('frame.settings.users'), PersonAccounts20Regular, people, ['user', 'read']),
  setting('roles', () => t('frame.settings.roles'), ShieldPerson20Regular, people, ['user', 'read']),
  setting('backups', () => t('frame.settings.backups'), DatabaseArrowUp20Regular, safety, ['company', 'read']),
  setting('verify', () => t('frame.settings.verify'), ShieldCheckmark20Regular, safety, ['company', 'read']),
  setting('audit', () => t('frame.settings.audit'), ClipboardTextLtr20Regular, safety, ['audit', 'read']),
  setting('appearance', () => t('frame.settings.appearance'), PaintBrush20Regular, () => t('frame.settings.desk')),
];

const help: readonly Room[] = [
  { id: 'keys', label: () => t('frame.help.keys'), icon: Keyboard20Regular, place: { module: 'help', area: 'keys' } },
  { id: 'about', label: () => t('frame.help.about'), icon: Info20Regular, place: { module: 'help', area: 'about' } },
];

export const rooms: Readonly<Partial<Record<Module, readonly Room[]>>> = { records, budgets, settings, help };

/** The rooms of a module that the role may enter. */
export const roomsFor = (module: Module, may: (area: Area, level: Level) => boolean): readonly Room[] =>
  (rooms[module] ?? []).filter((room) => room.needs === undefined || may(...room.needs));

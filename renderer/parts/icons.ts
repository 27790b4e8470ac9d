import {
  ArrowSwap20Regular,
  BookNumber20Regular,
  Briefcase20Regular,
  BuildingFactory20Regular,
  CalendarLtr20Regular,
  Call20Regular,
  ClipboardTaskListLtr20Regular,
  ContactCard20Regular,
  Document20Regular,
  DocumentCopy20Regular,
  type FluentIcon,
  Gavel20Regular,
  Location20Regular,
  Money20Regular,
  Organization20Regular,
  People20Regular,
  PersonAccounts20Regular,
  ReceiptMoney20Regular,
  ShieldPerson20Regular,
  Square20Regular,
  TaskListSquareLtr20Regular,
} from '@fluentui/react-icons';

/** The icons that the contract names. Only these are in the bundle. */
const icons: Readonly<Record<string, FluentIcon>> = {
  ArrowSwap: ArrowSwap20Regular,
  BookNumber: BookNumber20Regular,
  Briefcase: Briefcase20Regular,
  BuildingFactory: BuildingFactory20Regular,
  CalendarLtr: CalendarLtr20Regular,
  Call: Call20Regular,
  ClipboardTaskListLtr: ClipboardTaskListLtr20Regular,
  ContactCard: ContactCard20Regular,
  Document: Document20Regular,
  DocumentCopy: DocumentCopy20Regular,
  Gavel: Gavel20Regular,
  Location: Location20Regular,
  Money: Money20Regular,
  Organization: Organization20Regular,
  People: People20Regular,
  PersonAccounts: PersonAccounts20Regular,
  ReceiptMoney: ReceiptMoney20Regular,
  ShieldPerson: ShieldPerson20Regular,
  TaskListSquareLtr: TaskListSquareLtr20Regular,
};

/** Icon of `Filing.icon`, 20 px. */
export const iconOf = (name: string): FluentIcon => icons[name] ?? Square20Regular;

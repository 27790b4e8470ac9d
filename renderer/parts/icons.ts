import {
  Briefcase20Regular,
  CalendarLtr20Regular,
  Call20Regular,
  ContactCard20Regular,
  Document20Regular,
  type FluentIcon,
  Location20Regular,
  Organization20Regular,
  People20Regular,
  PersonAccounts20Regular,
  ShieldPerson20Regular,
  Square20Regular,
  TaskListSquareLtr20Regular,
} from '@fluentui/react-icons';

/** The icons that the contract names. Only these are in the bundle. */
const icons: Readonly<Record<string, FluentIcon>> = {
  Briefcase: Briefcase20Regular,
  CalendarLtr: CalendarLtr20Regular,
  Call: Call20Regular,
  ContactCard: ContactCard20Regular,
  Document: Document20Regular,
  Location: Location20Regular,
  Organization: Organization20Regular,
  People: People20Regular,
  PersonAccounts: PersonAccounts20Regular,
  ShieldPerson: ShieldPerson20Regular,
  TaskListSquareLtr: TaskListSquareLtr20Regular,
};

/** Icon of `Filing.icon`, 20 px. */
export const iconOf = (name: string): FluentIcon => icons[name] ?? Square20Regular;

import { entities } from '#contract/calls.ts';
import { t, words } from '../t.ts';

/** Backups count by table; people know records, and of the rest only what they made themselves. */
const others = ['links', 'notes', 'document_versions'] as const;

interface Kind {
  readonly table: string;
  readonly label: string;
  readonly count: number;
}

/** The kinds of record in what a backup counted, in the order of the house; search, rights and the like are left out. */
export const knownKinds = (counts: Readonly<Record<string, number>>): readonly Kind[] => [
  ...Object.values(entities).map((entity) => ({ table: entity.table, label: words(entity.plural), count: counts[entity.table] ?? 0 })),
  ...others.map((table) => ({ table, label: t(`settings.backups.tables.${table}`), count: counts[table] ?? 0 })),
];

import { usePreference } from '../../state/preference.ts';
import type { ColumnChoice } from './columns.ts';

/** How a user keeps a list of one entity: columns and saved views. Types, not interfaces: preferences are plain JSON. */

export type KeptFilter = { readonly field: string; readonly is: string; readonly value: string | number | boolean | null };
export type View = {
  readonly name: string;
  readonly text: string;
  readonly filters: readonly KeptFilter[];
  readonly archived: 'no' | 'yes' | 'both';
  readonly order: string;
  readonly columns: readonly ColumnChoice[];
};
export type KeptList = { readonly columns: readonly ColumnChoice[]; readonly views: readonly View[] };

const nothing: KeptList = { columns: [], views: [] };
const isKept = (value: unknown): value is KeptList => typeof value === 'object' && value !== null && 'columns' in value && Array.isArray(value.columns) && 'views' in value && Array.isArray(value.views);

export const useKept = (entity: string): readonly [KeptList, (kept: KeptList) => void] => usePreference<KeptList>(`list.${entity}`, nothing, isKept);

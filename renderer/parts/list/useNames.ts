import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import { entities } from '#contract/calls.ts';
import type { Named } from '#contract/kit/call.ts';
import type { AnyRow } from '#contract/kit/entity.ts';
import type { Field } from '#contract/kit/field.ts';
import { keyOf } from '../../query.ts';
import { namesById } from '../record/asked.ts';
import type { NameOf } from '../fields/show.ts';
import { useRights } from '../record/rights.ts';

interface Wanted {
  readonly to: string;
  readonly ids: readonly number[];
}

function wantedNames(fields: readonly (readonly [string, Field])[], pages: readonly (readonly AnyRow[])[]): Wanted[] {
  return pages.flatMap((rows) =>
    fields.flatMap(([key, field]) => {
      if (field.kind !== 'ref' || field.to === undefined) return [];
      const ids = [...new Set(rows.map((row) => row[key]).filter((id): id is number => typeof id === 'number'))].toSorted((a, b) => a - b);
      return ids.length > 0 ? [{ to: field.to, ids }] : [];
    }),
  );
}

/** The titles that refs on these rows show: one call a page and ref field, kept for when the page comes back. */
export function useNames(fields: readonly (readonly [string, Field])[], pages: readonly (readonly AnyRow[])[]): NameOf {
  const { may } = useRights();
  const wanted = useMemo(() => wantedNames(fields, pages), [fields, pages]);
  const readable = (to: string): boolean => {
    const area = entities[to]?.area;
    return area !== undefined && may(area, 'read');
  };
  const known = useQueries({
    queries: wanted.map(({ to, ids }) => ({ queryKey: keyOf(`${to}.names`, { ids }), queryFn: () => namesById(to, ids), enabled: readable(to) })),
    combine: together,
  });
  return useMemo<NameOf>(() => {
    const byEntity = new Map<string, Map<number, Named>>();
    wanted.forEach(({ to }, at) => {
      const names = byEntity.get(to) ?? new Map<number, Named>();
      byEntity.set(to, names);
      for (const one of known[at] ?? []) names.set(one.id, one);
    });
    return (entity, id) => byEntity.get(entity)?.get(id);
  }, [wanted, known]);
}

/** Kept apart from the component, so that it is the same function every time and an unchanged answer makes no new one. */
const together = (results: UseQueryResult<readonly Named[]>[]): (readonly Named[] | undefined)[] => results.map((result) => result.data);

import type { Area, Level } from '#contract/kit/access.ts';
import { useCall } from '../../query.ts';
import { useCan, useSession } from '../../state/session.ts';

export interface MyRights {
  readonly may: (area: Area, level: Level) => boolean;
  /** Sensitive kinds of field this role sees. */
  readonly sees: readonly string[];
}

const nothing: readonly string[] = [];

/** What to show and what to hide. The office decides again at every call. */
export function useRights(): MyRights {
  const may = useCan();
  const session = useSession();
  return { may, sees: session?.rights.sees ?? nothing };
}

/** Currency of the company, for money fields that name none of their own. */
export const useCompanyCurrency = (): string => useCall('company.get', {}).data?.currency ?? 'EUR';

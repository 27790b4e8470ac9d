import type { Area, Level } from '#contract/kit/access.ts';
import type { Entity } from '#contract/kit/entity.ts';
import { inSettings } from '../../frame/areas.ts';
import { useCall } from '../../query.ts';
import { useCan, useSession } from '../../state/session.ts';

export interface MyRights {
  readonly may: (area: Area, level: Level) => boolean;
  /** Whether records of this kind may be made and changed by plain forms. */
  readonly writes: (entity: Entity) => boolean;
  /** Whether a lookup may offer to make one: what belongs to the settings is made there alone. */
  readonly makes: (entity: Entity) => boolean;
  /** Sensitive kinds of field this role sees. */
  readonly sees: readonly string[];
}

const nothing: readonly string[] = [];

/** What to show and what to hide. The office decides again at every call. */
export function useRights(): MyRights {
  const may = useCan();
  const session = useSession();
  const writes = (entity: Entity): boolean => entity.ruled !== true && may(entity.area, 'write');
  return { may, writes, makes: (entity) => !inSettings(entity) && writes(entity), sees: session?.rights.sees ?? nothing };
}

/** Currency of the company, for money fields that name none of their own. */
export const useCompanyCurrency = (): string => useCall('company.get', {}).data?.currency ?? 'EUR';

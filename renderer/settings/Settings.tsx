import type { ReactNode } from 'react';
import { roomsFor } from '../frame/areas.ts';
import { NoPermission } from '../parts/Problem.tsx';
import { useCan } from '../state/session.ts';
import type { Place } from '../state/ui.ts';
import { Appearance } from './Appearance.tsx';
import { Audit } from './Audit.tsx';
import { Backups } from './Backups.tsx';
import { CompanyFacts } from './CompanyFacts.tsx';
import { Roles } from './Roles.tsx';
import { SeriesTable } from './SeriesTable.tsx';
import { Users } from './Users.tsx';
import { Verify } from './Verify.tsx';

const pages: Readonly<Record<string, () => ReactNode>> = { company: CompanyFacts, series: SeriesTable, roles: Roles, backups: Backups, verify: Verify, audit: Audit, appearance: Appearance };

/** The page of the settings that a place names, or the first one that the role may see. */
export function Settings({ place }: { readonly place: Place }) {
  const can = useCan();
  const rooms = roomsFor('settings', can);
  const area = place.area ?? rooms[0]?.id;
  // A place that was left open, or that a link names, may be closed to this role.
  if (!rooms.some((room) => room.id === area)) return <NoPermission />;
  if (area === 'users') return <Users start={place.view} />;
  const Page = pages[area ?? ''] ?? Appearance;
  return <Page />;
}

import type { Row } from '#contract/kit/entity.ts';
import type { role, user } from '#contract/records/user.ts';

export type UserRow = Row<typeof user>;
export type RoleRow = Row<typeof role>;

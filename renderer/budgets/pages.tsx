import type { ComponentType } from 'react';
import { SetUp } from './setup/SetUp.tsx';

/** Pages of Budgets that are no list of records, by the id of their room. */
export const pages: Readonly<Record<string, ComponentType>> = {
  setup: SetUp,
};

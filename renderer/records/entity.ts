import { entities } from '#contract/calls.ts';
import type { Entity } from '#contract/kit/entity.ts';

/** The definition of an entity by its name, which the contract has for certain. */
export function entityOf(name: string): Entity {
  const found = entities[name];
  if (!found) throw new Error(`There is no entity named ${name}.`);
  return found;
}

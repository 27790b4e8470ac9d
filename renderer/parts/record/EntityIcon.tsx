import { createElement } from 'react';
import type { Entity } from '#contract/kit/entity.ts';
import { iconOf } from '../icons.ts';

/** The icon of a kind of record, 20 px, only for the eye. */
export const EntityIcon = ({ entity }: { readonly entity: Entity | undefined }) => createElement(iconOf(entity?.filing.icon ?? ''), { 'aria-hidden': true });

import { createElement } from 'react';
import { entities } from '#contract/calls.ts';
import { iconOf } from './icons.ts';

/** The icon of a kind of record, 20 px; always beside its name, so it says nothing by itself. */
export const EntityIcon = ({ entity }: { readonly entity: string }) => createElement(iconOf(entities[entity]?.filing.icon ?? ''), { 'aria-hidden': true });

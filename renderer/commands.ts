import type { FluentIcon } from '@fluentui/react-icons';
import { useEffect, useRef } from 'react';
import { tinykeys } from 'tinykeys';
import { create } from 'zustand';
import type { Key, Params } from './t.ts';

/** One thing the user can do. Menus, toolbar, palette, tooltips and the list of keys all show this same object. */
export interface Action {
  readonly id: string;
  readonly label: Key;
  readonly params?: Params;
  readonly icon?: FluentIcon;
  /** As tinykeys writes them: `$mod+KeyK`, `Alt+Digit1`, `F2`, `[Shift]+?`. The first one is shown. */
  readonly keys?: readonly string[];
  /** Left out where it makes no sense now; nothing means always. */
  readonly when?: () => boolean;
  readonly run: () => void | Promise<void>;
  /** Heading it stands under in the list of keys and the palette. */
  readonly group?: ActionGroup;
  /** Works as a key but is not offered in the palette (arrows, Space, Esc). */
  readonly quiet?: boolean;
  /** Works while a modal dialog is open too; the dialog has the keyboard to itself otherwise. */
  readonly inDialog?: boolean;
}

export type ActionGroup = 'go' | 'record' | 'list' | 'window' | 'company' | 'help';

export const action = (definition: Action): Action => Object.freeze(definition);

/** What is on offer: of the frame at the bottom, of the screen above it, of a dialog on top. */
interface Offer {
  readonly layers: readonly { readonly owner: symbol; readonly actions: readonly Action[]; readonly everywhere: boolean }[];
}

const useOffer = create<Offer>(() => ({ layers: [] }));

/** Offers actions while the component is on screen. Later ones win when two share a key. Those of the frame are there `everywhere`. */
export function useActions(actions: readonly Action[], everywhere = false): void {
  const owner = useRef(Symbol('actions'));
  useEffect(() => {
    const mine = owner.current;
    useOffer.setState(({ layers }) => {
      const known = layers.some((layer) => layer.owner === mine);
      // In place, so that a screen that draws again does not climb over the dialog above it.
      return { layers: known ? layers.map((layer) => (layer.owner === mine ? { owner: mine, actions, everywhere } : layer)) : [...layers, { owner: mine, actions, everywhere }] };
    });
  }, [actions, everywhere]);
  useEffect(() => {
    const mine = owner.current;
    return () => useOffer.setState(({ layers }) => ({ layers: layers.filter((layer) => layer.owner !== mine) }));
  }, []);
}

/** Everything that can be done now, the nearest first, one of an id. */
export function actionsNow(layers: Offer['layers'] = useOffer.getState().layers): readonly Action[] {
  const seen = new Map<string, Action>();
  for (const layer of layers.toReversed()) for (const one of layer.actions) if (!seen.has(one.id)) seen.set(one.id, one);
  return [...seen.values()];
}

export const useActionsNow = (): readonly Action[] => actionsNow(useOffer((offer) => offer.layers));
/** What can be done with the record that is open, the nearest first. */
export const useActionsHere = (): readonly Action[] => actionsNow(useOffer((offer) => offer.layers).filter((layer) => !layer.everywhere)).filter((one) => one.group === 'record');
export const possible = (one: Action): boolean => one.when?.() ?? true;
export const run = (one: Action): void => void (possible(one) ? one.run() : undefined);

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select'));

/** A key without Ctrl or Alt belongs to the text while one types; function keys and Esc do not. */
const plain = (keys: string): boolean => !/\$mod|Control|Alt|Meta|^F\d/.test(keys) && keys !== 'Escape';

/** Connects keys with actions; returns how to stop. Called once by the frame. */
export function bindKeys(): () => void {
  let unbind = (): void => undefined;
  const bind = (): void => {
    unbind();
    const byKeys = new Map<string, Action[]>();
    for (const one of actionsNow()) for (const keys of one.keys ?? []) byKeys.set(keys, [...(byKeys.get(keys) ?? []), one]);
    unbind = tinykeys(
      window,
      Object.fromEntries(
        [...byKeys].map(([keys, ones]) => [
          keys,
          (event: KeyboardEvent) => {
            if (event.defaultPrevented || event.isComposing || (plain(keys) && typing(event.target))) return;
            const modal = document.querySelector('[aria-modal="true"]') !== null;
            const first = ones.find((one) => (!modal || one.inDialog === true) && possible(one));
            if (!first) return;
            event.preventDefault();
            run(first);
          },
        ]),
      ),
      // Keys work in inputs too; `plain` above keeps letters for the text.
      { ignore: (event) => event.isComposing },
    );
  };
  bind();
  const stop = useOffer.subscribe(bind);
  return () => {
    stop();
    unbind();
  };
}

const names: Readonly<Record<string, { readonly en: string; readonly de: string }>> = {
  $mod: { en: 'Ctrl', de: 'Strg' },
  Control: { en: 'Ctrl', de: 'Strg' },
  Shift: { en: 'Shift', de: 'Umschalt' },
  Alt: { en: 'Alt', de: 'Alt' },
  Escape: { en: 'Esc', de: 'Esc' },
  Enter: { en: 'Enter', de: 'Eingabe' },
  Space: { en: 'Space', de: 'Leertaste' },
  Delete: { en: 'Del', de: 'Entf' },
  Tab: { en: 'Tab', de: 'Tab' },
  ArrowLeft: { en: '←', de: '←' },
  ArrowRight: { en: '→', de: '→' },
  ArrowUp: { en: '↑', de: '↑' },
  ArrowDown: { en: '↓', de: '↓' },
  Period: { en: '.', de: '.' },
  Comma: { en: ',', de: ',' },
};

/** Keys as they stand on the keyboard: `$mod+KeyK` is Ctrl+K, in German Strg+K. */
export function shown(keys: string, language: 'en' | 'de'): string {
  return keys
    .replace(/\[[^\]]*\]\+/g, '')
    .split('+')
    .map((part) => names[part]?.[language] ?? part.replace(/^(Key|Digit)/, '').toUpperCase())
    .join('+');
}

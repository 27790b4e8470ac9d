import { create } from 'zustand';
import { entities } from '#contract/calls.ts';

/** Where the user is in the house. Kept in memory only; what belongs to the user for longer is a preference in the company. */

export const modules = ['home', 'records', 'budgets', 'security', 'logistics', 'settings', 'help'] as const;
export type Module = (typeof modules)[number];

/** A place: a module, an area of it, and in it a list (`entity`) or one record (`entity` and `id`; id 0 is a new one). */
export interface Place {
  readonly module: Module;
  readonly area?: string;
  readonly entity?: string;
  readonly id?: number;
  /** Which view of the place: a saved view, a tab, a page of the settings. */
  readonly view?: string;
  /** Values a new record (id 0) begins with, such as the party it belongs to. */
  readonly draft?: Readonly<Record<string, unknown>>;
}

/** A record that is open, for Ctrl+Tab. */
export interface OpenRecord {
  readonly entity: string;
  readonly id: number;
  readonly title: string;
  readonly place: Place;
}

export interface Toast {
  readonly id: number;
  readonly message: string;
  readonly tone: 'done' | 'attention' | 'wrong';
  readonly undo?: () => void | Promise<void>;
}

export type Density = 'normal' | 'compact';

interface Ui {
  readonly place: Place;
  readonly past: readonly Place[];
  readonly future: readonly Place[];
  /** A record shown in the right pane beside what is open. */
  readonly beside: { readonly entity: string; readonly id: number } | null;
  readonly opened: readonly OpenRecord[];
  readonly pane: boolean;
  readonly areas: boolean;
  readonly density: Density;
  readonly palette: boolean;
  readonly keys: boolean;
  readonly toasts: readonly Toast[];
  /** Forms with changes that are not saved: key to title. */
  readonly unsaved: Readonly<Record<string, string>>;
  readonly guard: (() => Promise<boolean>) | null;
}

const start: Place = { module: 'home' };

export const useUi = create<Ui>(() => ({
  place: start,
  past: [],
  future: [],
  beside: null,
  opened: [],
  pane: true,
  areas: true,
  density: 'normal',
  palette: false,
  keys: false,
  toasts: [],
  unsaved: {},
  guard: null,
}));

const { setState: set, getState: get } = useUi;

export const samePlace = (a: Place, b: Place): boolean => a.module === b.module && a.area === b.area && a.entity === b.entity && a.id === b.id && a.view === b.view;

/** True when nothing unsaved would be left, or the user agreed to leave it. */
export async function mayLeave(): Promise<boolean> {
  const { guard } = get();
  return guard === null || (await guard());
}

/** A form that has changes asks before it is left; null takes the question away. */
export const setGuard = (guard: (() => Promise<boolean>) | null): void => set({ guard });

/** Counts a form with changes in the status row, until told otherwise. */
export function setUnsaved(key: string, title: string | null): void {
  const { [key]: _before, ...rest } = get().unsaved;
  set({ unsaved: title === null ? rest : { ...rest, [key]: title } });
}

/** Goes to a place; `beside` opens its record in the right pane instead and stays. */
export async function go(place: Place, how: { readonly beside?: boolean; readonly replace?: boolean } = {}): Promise<void> {
  const { place: now, past } = get();
  if (how.beside && place.entity && place.id) return set({ beside: { entity: place.entity, id: place.id }, pane: true });
  if (samePlace(now, place)) return;
  if (!(await mayLeave())) return;
  set({ place, past: how.replace ? past : [...past.slice(-99), now], future: [], beside: null, guard: null });
}

export async function back(): Promise<void> {
  const { place, past, future } = get();
  const before = past.at(-1);
  if (!before || !(await mayLeave())) return;
  set({ place: before, past: past.slice(0, -1), future: [place, ...future], beside: null, guard: null });
}

export async function forward(): Promise<void> {
  const { place, past, future } = get();
  const [after, ...rest] = future;
  if (!after || !(await mayLeave())) return;
  set({ place: after, past: [...past, place], future: rest, beside: null, guard: null });
}

/** Where a record lives: the module it is filed in, its entity as area. */
export const placeOf = (entity: string, id?: number): Place => ({ module: entities[entity]?.filing.module ?? 'records', area: entity, entity, ...(id === undefined ? {} : { id }) });

/** Remembers an open record and its present title, newest first. */
export function opened(entity: string, id: number, title: string): void {
  const rest = get().opened.filter((one) => one.entity !== entity || one.id !== id);
  set({ opened: [{ entity, id, title, place: placeOf(entity, id) }, ...rest].slice(0, 12) });
}

export const closed = (entity: string, id: number): void => set({ opened: get().opened.filter((one) => one.entity !== entity || one.id !== id) });
export const closeBeside = (): void => set({ beside: null });
export const togglePane = (): void => set({ pane: !get().pane });
export const toggleAreas = (): void => set({ areas: !get().areas });
export const setDensity = (density: Density): void => set({ density });
export const showPalette = (palette: boolean): void => set({ palette });
export const showKeys = (keys: boolean): void => set({ keys });

/** Back to the door: another user or company begins at home with nothing open. */
export const startOver = (): void => set({ place: start, past: [], future: [], beside: null, opened: [], unsaved: {}, guard: null, palette: false, keys: false });

let count = 0;

/** Says what happened, at the lower edge: `tell(t('…'))`, with how to take it back where that is possible. */
export function tell(message: string, undo?: () => void | Promise<void>, tone: Toast['tone'] = 'done'): void {
  count += 1;
  set({ toasts: [...get().toasts.slice(-3), { id: count, message, tone, ...(undo ? { undo } : {}) }] });
}

/** Says that something did not work. */
export const tellWrong = (message: string): void => tell(message, undefined, 'wrong');

export const dismiss = (id: number): void => set({ toasts: get().toasts.filter((one) => one.id !== id) });

import { Add20Regular, type FluentIcon, Settings20Regular } from '@fluentui/react-icons';
import { useEffect, useMemo, useState } from 'react';
import { entities } from '#contract/calls.ts';
import { type Action, possible, run, useActionsHere, useActionsNow } from '../commands.ts';
import { listed, roomsFor } from '../frame/areas.ts';
import { useCall } from '../query.ts';
import { useRecent } from '../state/recent.ts';
import { useCan } from '../state/session.ts';
import { go, placeOf } from '../state/ui.ts';
import { type Translate, useT, words } from '../t.ts';
import { iconOf } from './icons.ts';
import { match } from './match.ts';

/** What the palette offers for a text: what the open record can do first, then recent records, then found ones, places, actions, settings, help. */

export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly icon: FluentIcon;
  readonly detail?: string;
  readonly note?: string;
  readonly keys?: string;
  readonly run: (beside: boolean) => void;
}

export interface Group {
  readonly id: string;
  readonly label: string;
  readonly choices: readonly Choice[];
}

/** From here on every typed word begins one of the label. */
const certain = 60;
const none: readonly Choice[] = [];

/** Typing faster than this asks once. */
const pause = 60;

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pause);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

export function useChoices(text: string): { readonly groups: readonly Group[]; readonly corrected: readonly string[]; readonly waiting: boolean } {
  const t = useT();
  const typed = text.trim();
  const settled = useSettled(typed);
  const found = useCall('search.find', { text: settled, limit: 20 }, { enabled: settled !== '', keep: true });
  const recent = useRecent();
  const here = useHere(typed);
  const still = useStill(typed, here);

  const groups = useMemo(() => {
    const named = (entity: string): string => (entities[entity] ? words(entities[entity].label) : entity);
    const record = (entity: string, id: number, title: string, detail: string, archived: boolean): Choice => ({
      id: `record.${entity}.${id}`,
      label: title,
      icon: iconOf(entities[entity]?.filing.icon ?? ''),
      detail,
      note: archived ? `${named(entity)}, ${t('frame.palette.archived')}` : named(entity),
      run: (beside) => void go(placeOf(entity, id), { beside }),
    });
    const recents = recent.filter((one) => typed === '' || match(typed, one.title) > 0).slice(0, typed === '' ? 7 : 3);
    const isRecent = (entity: string, id: number): boolean => recents.some((one) => one.entity === entity && one.id === id);
    const hits = typed === '' ? [] : (found.data?.hits ?? []).filter((hit) => !isRecent(hit.entity, hit.id));
    const all: readonly Group[] = [
      { id: 'here', label: t('frame.palette.here'), choices: here },
      { id: 'recent', label: t('frame.palette.recent'), choices: recents.map((one) => record(one.entity, one.id, one.title, '', false)) },
      { id: 'records', label: t('frame.palette.records'), choices: hits.map((hit) => record(hit.entity, hit.id, hit.title, detailOf(hit), hit.archived)) },
      ...still,
    ];
    return all.filter((group) => group.choices.length > 0);
  }, [t, typed, found.data, recent, here, still]);

  const corrected = typed === '' ? [] : Object.values(found.data?.corrected ?? {});
  return { groups, corrected, waiting: typed !== '' && (settled !== typed || found.isFetching) };
}

/** Where the words stand says more than the number; a title that it begins with is not said twice. */
export function detailOf(hit: { readonly title: string; readonly subtitle: string; readonly snippet: string }): string {
  const { title, snippet } = hit;
  let at = 0;
  let matched = 0;
  for (; at < snippet.length && matched < title.length; at += 1) {
    if (snippet[at] === '«' || snippet[at] === '»') continue;
    if (snippet[at] !== title[matched]) return snippet;
    matched += 1;
  }
  if (snippet[at] === '»') at += 1;
  const rest = snippet.slice(at).trim();
  return rest === '' ? hit.subtitle : rest;
}

const offer = (one: Action, t: Translate): Choice => ({ id: `do.${one.id}`, label: t(one.label, one.params), icon: one.icon ?? Settings20Regular, ...(one.keys?.[0] ? { keys: one.keys[0] } : {}), run: () => run(one) });

/** What the open record can do that is called as typed. Nothing until something is typed: what was open lately is likelier then. */
function useHere(typed: string): readonly Choice[] {
  const t = useT();
  const actions = useActionsHere();
  if (typed === '') return none;
  return actions
    .filter((one) => one.quiet !== true && possible(one))
    .map((one) => ({ choice: offer(one, t), score: match(typed, t(one.label, one.params)) }))
    .filter(({ score }) => score >= certain)
    .toSorted((a, b) => b.score - a.score)
    .map(({ choice }) => choice);
}

/** Choices that need no asking: places, actions, settings, help. */
function useStill(typed: string, here: readonly Choice[]): readonly Group[] {
  const t = useT();
  const can = useCan();
  const actions = useActionsNow();
  return useMemo(() => {
    const best = (choices: readonly Choice[], otherwise: number): readonly Choice[] => {
      if (typed === '') return choices.slice(0, otherwise);
      return choices
        .map((choice) => ({ choice, score: match(typed, choice.label) }))
        .filter(({ score }) => score > 0)
        .toSorted((a, b) => b.score - a.score)
        .slice(0, 8)
        .map(({ choice }) => choice);
    };
    const room = (module: 'records' | 'budgets' | 'settings' | 'help'): readonly Choice[] =>
      roomsFor(module, can).map((one) => ({ id: `room.${module}.${one.id}`, label: one.label(), icon: one.icon, note: t(`frame.modules.${module}`), run: () => void go(one.place) }));
    const action = actions.filter((one) => one.quiet !== true && possible(one));
    const offered = (wanted: (group: string | undefined) => boolean): readonly Choice[] =>
      action
        .filter((one) => wanted(one.group))
        .map((one) => offer(one, t))
        .filter((one) => here.every((other) => other.id !== one.id));
    const creating = listed
      .filter((entity) => entity.ruled !== true && can(entity.area, 'write'))
      .map((entity): Choice => ({ id: `new.${entity.name}`, label: t('frame.do.new', { what: words(entity.label) }), icon: Add20Regular, run: () => void go(placeOf(entity.name, 0)) }));
    return [
      { id: 'go', label: t('frame.palette.go'), choices: best([...room('records'), ...room('budgets'), ...offered((group) => group === 'go')], 8) },
      { id: 'actions', label: t('frame.palette.actions'), choices: best([...offered((group) => group !== 'go' && group !== 'help'), ...creating], 5) },
      { id: 'settings', label: t('frame.palette.settings'), choices: best(room('settings'), 8) },
      { id: 'help', label: t('frame.palette.help'), choices: best([...room('help'), ...offered((group) => group === 'help')], 3) },
    ];
    // `can` is made anew at every draw; the actions and the language change when the session does.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [t, typed, actions, here]);
}

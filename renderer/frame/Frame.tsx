import { useEffect, useLayoutEffect, useRef } from 'react';
import { entryCommands } from '../budgets/entry/quick.ts';
import { QuickEntry } from '../budgets/entry/QuickEntry.tsx';
import { RecurringClock } from '../budgets/recurring/RecurringClock.tsx';
import { TemplatePicker } from '../budgets/templates/TemplatePicker.tsx';
import { bindKeys, useActions } from '../commands.ts';
import { KeysDialog } from '../help/Keys.tsx';
import { firstIn } from '../parts/keepFocus.ts';
import { Palette } from '../parts/Palette.tsx';
import { useRecentKept } from '../state/recent.ts';
import { usePreference } from '../state/preference.ts';
import { useUi } from '../state/ui.ts';
import { importCommands, TransferHost } from '../transfer/index.tsx';
import { Work } from '../Work.tsx';
import { frameActions } from './actions.ts';
import { Areas } from './Areas.tsx';
import { Beside } from './Beside.tsx';
import { OwnPassword, ownPassword } from './OwnPassword.tsx';
import { Rail } from './Rail.tsx';
import { Rehearsal } from './Rehearsal.tsx';
import { PaneHost } from './SidePane.tsx';
import { StatusBar } from './StatusBar.tsx';
import { TitleBar } from './TitleBar.tsx';

const actions = [...frameActions, ownPassword, ...importCommands, ...entryCommands];

const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
const isDensity = (value: unknown): value is 'normal' | 'compact' => value === 'normal' || value === 'compact';

/** The house: title row, rail, areas, work, side pane, status row. Hidden while the window is locked. */
export function Frame({ hidden }: { readonly hidden: boolean }) {
  useActions(actions, true);
  useEffect(() => (hidden ? undefined : bindKeys()), [hidden]);
  useRecentKept();
  useArrangement();
  usePutAway(hidden);
  // Where the bench stops its watch: the house stands and takes keys.
  useEffect(() => void performance.mark('house'), []);
  return (
    <div className="frame" hidden={hidden} inert={hidden}>
      <TitleBar />
      <Rail />
      <Areas />
      <WorkPlace />
      <PaneHost />
      <StatusBar />
      <Beside />
      <TransferHost hidden={hidden} />
      <QuickEntry />
      <RecurringClock />
      {!hidden && (
        <>
          <Palette />
          <TemplatePicker />
          <OwnPassword />
          <KeysDialog />
          <Rehearsal />
        </>
      )}
    </div>
  );
}

/** The work takes the focus when the place changes, so that keys act on it and a screen reader reads on from there. */
function WorkPlace() {
  const main = useRef<HTMLElement>(null);
  const place = useUi((ui) => ui.place);
  useEffect(() => {
    const work = main.current;
    // What opens may have put the focus into a field of its own already.
    if (!work || work.contains(document.activeElement)) return undefined;
    work.focus({ preventScroll: true });
    // A list or a record comes a moment later than its place; it takes the keys as soon as it is there and nobody went elsewhere.
    const hand = (): boolean => {
      const first = firstIn(work);
      if (document.activeElement === work && first) {
        first.focus({ preventScroll: true });
        // Behind what stands there, and not over it: a letter typed by mistake must not replace a name.
        if (first instanceof HTMLInputElement && first.type === 'text') first.setSelectionRange(first.value.length, first.value.length);
      }
      return first !== null || document.activeElement !== work;
    };
    if (hand()) return undefined;
    const watch = new MutationObserver(() => hand() && watch.disconnect());
    watch.observe(work, { childList: true, subtree: true });
    const timer = setTimeout(() => watch.disconnect(), 3_000);
    return () => {
      clearTimeout(timer);
      watch.disconnect();
    };
  }, [place]);
  return (
    <main className="work" ref={main} tabIndex={-1} id="work">
      <Work place={place} />
    </main>
  );
}

/** Dialogs and menus stand in the page beside the house: behind the lock they are out of sight and reach with it, and come back as they were. */
function usePutAway(hidden: boolean): void {
  useLayoutEffect(() => {
    if (!hidden) return undefined;
    const beside = [...document.querySelectorAll<HTMLElement>('body > [data-portal-node]')];
    const here = document.activeElement;
    const put = (away: boolean): void => {
      for (const one of beside) Object.assign(one, { hidden: away, inert: away });
    };
    put(true);
    return () => {
      put(false);
      // The door is still there in this moment.
      if (here instanceof HTMLElement && beside.some((one) => one.contains(here))) setTimeout(() => here.focus(), 0);
    };
  }, [hidden]);
}

/** Puts the window as the user left it: folded parts and row height. */
function useArrangement(): void {
  const [areas] = usePreference('areas', true, isFlag);
  const [pane] = usePreference('pane', true, isFlag);
  const [rows] = usePreference('rows', 'normal', isDensity);
  useEffect(() => useUi.setState({ areas }), [areas]);
  useEffect(() => useUi.setState({ pane }), [pane]);
  useEffect(() => useUi.setState({ density: rows }), [rows]);
}

import {
  ArrowClockwise20Regular,
  ArrowLeft20Regular,
  ArrowRight20Regular,
  ArrowUndo20Regular,
  Box20Regular,
  BuildingMultiple20Regular,
  DarkTheme20Regular,
  DatabaseArrowUp20Regular,
  Folder20Regular,
  Home20Regular,
  Keyboard20Regular,
  LocalLanguage20Regular,
  LockClosed20Regular,
  PanelLeft20Regular,
  PanelRight20Regular,
  QuestionCircle20Regular,
  Search20Regular,
  Settings20Regular,
  Shield20Regular,
  ShieldCheckmark20Regular,
  SignOut20Regular,
  TextBulletListSquare20Regular,
  Wallet20Regular,
} from '@fluentui/react-icons';
import { type Action, action, type ActionGroup } from '../commands.ts';
import { CallFailed, office } from '../office.ts';
import { refreshAll } from '../query.ts';
import { setLanguage } from '../state/language.ts';
import { prefer } from '../state/preference.ts';
import { can, leave, sessionNow, useDoor } from '../state/session.ts';
import { back, dismiss, forward, go, mayLeave, type Module, setDensity, showKeys, showPalette, tell, tellWrong, toggleAreas, togglePane, useUi } from '../state/ui.ts';
import { t } from '../t.ts';
import { lastPlace } from './last.ts';

/** What the frame can do everywhere. Menus, palette and the list of keys show these same objects. */

const told = async (doing: Promise<unknown>): Promise<boolean> => {
  try {
    await doing;
    return true;
  } catch (error) {
    tellWrong(error instanceof CallFailed ? error.failure.message : String(error));
    return false;
  }
};

const to = (module: Module, label: Action['label'], icon: Action['icon'], ...keys: string[]): Action =>
  action({ id: `go.${module}`, label, group: 'go', ...(icon ? { icon } : {}), keys, run: () => go(lastPlace(module)) });

/** Leaves nothing unsaved behind without asking, and nothing open behind the door. */
async function leaving(then: () => Promise<unknown>): Promise<void> {
  if (!(await mayLeave())) return;
  const { known } = useDoor.getState();
  leave();
  if (!(await told(then()))) useDoor.setState({ known });
}

export const lock = action({
  id: 'session.lock',
  label: 'frame.do.lock',
  icon: LockClosed20Regular,
  keys: ['$mod+KeyL'],
  group: 'company',
  // Without a password there is nothing that could open it again.
  when: () => sessionNow()?.has_password === true,
  run: async () => void (await told(office['session.lock']({}))),
});

export const signOut = action({ id: 'session.sign_out', label: 'frame.do.sign_out', icon: SignOut20Regular, group: 'company', run: () => leaving(() => office['session.sign_out']({})) });
export const switchCompany = action({ id: 'desk.close', label: 'frame.do.switch', icon: BuildingMultiple20Regular, group: 'company', run: () => leaving(() => office['desk.close']({})) });

export const backUp = action({
  id: 'backup.create',
  label: 'frame.do.backup',
  icon: DatabaseArrowUp20Regular,
  group: 'company',
  when: () => can(sessionNow(), 'company', 'write'),
  run: async () => {
    tell(t('frame.backup_started'));
    if (await told(office['backup.create']({}))) tell(t('frame.backup_done'));
  },
});

export const palette = action({ id: 'palette', label: 'frame.do.palette', icon: Search20Regular, keys: ['$mod+KeyK'], group: 'go', quiet: true, run: () => showPalette(true) });

type Appearance = Parameters<(typeof office)['desk.appearance']>[0];
const appearance = (id: string, label: Action['label'], icon: NonNullable<Action['icon']>, change: Appearance): Action =>
  action({ id: `desk.${id}`, label, icon, group: 'window', run: async () => void (await told(change.language ? setLanguage(change.language) : office['desk.appearance'](change))) });

const density = (wanted: 'normal' | 'compact'): Action =>
  action({
    id: `rows.${wanted}`,
    label: wanted === 'normal' ? 'frame.do.normal' : 'frame.do.compact',
    icon: TextBulletListSquare20Regular,
    group: 'window',
    when: () => useUi.getState().density !== wanted,
    run: () => {
      setDensity(wanted);
      prefer('rows', wanted);
    },
  });

/** Ctrl+Tab: the records that are open, in a ring. */
function turn(step: 1 | -1): Promise<void> | undefined {
  const { opened, place } = useUi.getState();
  if (opened.length === 0) return undefined;
  const at = opened.findIndex((one) => one.entity === place.entity && one.id === place.id);
  // Not on a record now: the one used last comes first.
  const next = opened[at === -1 ? 0 : (at + step + opened.length) % opened.length];
  return next ? go(next.place) : undefined;
}

/** What the newest message offers to take back; in a text field Ctrl+Z belongs to the text, unless it is one of a record in which nothing was typed. */
const undoable = () => useUi.getState().toasts.findLast((toast) => toast.undo !== undefined);
function mayUndo(): boolean {
  const here = document.activeElement;
  const typing = here?.matches('input, textarea, [contenteditable="true"]') === true;
  const untouched = here?.closest('#work [data-form]') && Object.keys(useUi.getState().unsaved).length === 0;
  return undoable() !== undefined && (!typing || Boolean(untouched));
}

async function undoLast(): Promise<void> {
  const toast = undoable();
  if (!toast) return;
  dismiss(toast.id);
  await toast.undo?.();
}

export const frameActions: readonly Action[] = [
  palette,
  to('home', 'frame.do.home', Home20Regular, 'Alt+Digit1'),
  to('records', 'frame.do.records', Folder20Regular, 'Alt+Digit2'),
  to('budgets', 'frame.do.budgets', Wallet20Regular, 'Alt+Digit3'),
  to('security', 'frame.do.security', Shield20Regular, 'Alt+Digit4'),
  to('logistics', 'frame.do.logistics', Box20Regular, 'Alt+Digit5'),
  to('settings', 'frame.do.settings', Settings20Regular, '$mod+Comma'),
  to('help', 'frame.do.help', QuestionCircle20Regular, 'F1'),
  action({ id: 'keys', label: 'frame.do.keys', icon: Keyboard20Regular, keys: ['[Shift]+?'], group: 'help', run: () => showKeys(true) }),
  action({ id: 'back', label: 'frame.do.back', icon: ArrowLeft20Regular, keys: ['Alt+ArrowLeft'], group: 'go', when: () => useUi.getState().past.length > 0, run: back }),
  action({ id: 'forward', label: 'frame.do.forward', icon: ArrowRight20Regular, keys: ['Alt+ArrowRight'], group: 'go', when: () => useUi.getState().future.length > 0, run: forward }),
  action({ id: 'open.next', label: 'frame.do.next_open', keys: ['Control+Tab'], group: 'go', quiet: true, run: () => turn(1) }),
  action({ id: 'open.previous', label: 'frame.do.previous_open', keys: ['Control+Shift+Tab'], group: 'go', quiet: true, run: () => turn(-1) }),
  action({ id: 'undo', label: 'common.undo', icon: ArrowUndo20Regular, keys: ['$mod+KeyZ'], group: 'record', when: mayUndo, run: undoLast }),
  action({ id: 'areas', label: 'frame.do.areas', icon: PanelLeft20Regular, keys: ['$mod+KeyB'], group: 'window', run: foldAreas }),
  action({ id: 'pane', label: 'frame.do.pane', icon: PanelRight20Regular, keys: ['$mod+Period'], group: 'window', run: foldPane }),
  action({ id: 'refresh', label: 'frame.do.refresh', icon: ArrowClockwise20Regular, keys: ['F5'], group: 'window', run: refreshAll }),
  appearance('light', 'frame.do.light', DarkTheme20Regular, { theme: 'light' }),
  appearance('dark', 'frame.do.dark', DarkTheme20Regular, { theme: 'dark' }),
  appearance('contrast', 'frame.do.contrast', DarkTheme20Regular, { theme: 'contrast' }),
  appearance('system', 'frame.do.system', DarkTheme20Regular, { theme: 'system' }),
  appearance('english', 'frame.do.english', LocalLanguage20Regular, { language: 'en' }),
  appearance('german', 'frame.do.german', LocalLanguage20Regular, { language: 'de' }),
  density('compact'),
  density('normal'),
  backUp,
  action({ id: 'company.verify', label: 'frame.do.verify', icon: ShieldCheckmark20Regular, group: 'company', when: () => can(sessionNow(), 'company', 'read'), run: () => go({ module: 'settings', area: 'verify' }) }),
  lock,
  signOut,
  switchCompany,
];

function foldAreas(): void {
  toggleAreas();
  prefer('areas', useUi.getState().areas);
}

function foldPane(): void {
  togglePane();
  prefer('pane', useUi.getState().pane);
}

export const groupOrder: readonly ActionGroup[] = ['go', 'list', 'record', 'window', 'company', 'help'];

import { existsSync, statSync } from 'node:fs';
import { basename, extname, isAbsolute, join, resolve } from 'node:path';
import { app, shell } from 'electron';
import { createSchema, type Desk, type DeskEvent, deskCalls, type OpenProblem } from '#contract/company/desk.ts';
import type { InputOf, OutputOf } from '#contract/kit/call.ts';
import { Refused, type Reply } from '#contract/kit/failure.ts';
import type { Language } from '#contract/kit/words.ts';
import { say, w } from '#contract/kit/words.ts';
import { chart, charts } from './budgets/accounts/books.ts';
import type { Dialogs, FileKind } from './dialogs.ts';
import type { Log } from './log.ts';
import { createOffice, type Door, type Office, OpenFailed, openOffice, type Surroundings } from './office.ts';
import { whoAmI } from './places.ts';
import { toPdf, toPrinter, writeWhole } from './print.ts';
import { rescueOffice } from './rescue.ts';
import { callNamed, checkRight, parseInput, toReply } from './router.ts';
import { type SettingsFile, withRecent } from './settings.ts';
import { makeTokens, plainName } from './tokens.ts';
import { applyTheme } from './window.ts';

type DeskCalls = typeof deskCalls;
/** Jobs belong to the office; everything else is answered here. */
type Own = Exclude<keyof DeskCalls, 'desk.jobs' | 'desk.cancel'>;
type Handlers = { readonly [N in Own]: (input: InputOf<DeskCalls[N]>) => OutputOf<DeskCalls[N]> | Promise<OutputOf<DeskCalls[N]>> };

export interface DeskParts {
  readonly settings: SettingsFile;
  readonly log: Log;
  readonly headsDir: string;
  readonly dialogs: Dialogs;
  readonly systemLanguage: Language;
  readonly tell: (event: DeskEvent) => void;
  /** Called when another company, or none, is open. */
  readonly opened: (name: string | null) => void;
}

export interface DeskRoom {
  call(name: string, input: unknown, request: string): Promise<Reply<unknown>>;
  /** Opens a company at start; what goes wrong stands in `desk.state`. */
  start(folder: string): Promise<void>;
  /** Backs up and closes the open company. Never throws. */
  leave(): Promise<void>;
  /** A dropped file as a token, for whoever is signed in. */
  dropped(path: unknown): OutputOf<DeskCalls['desk.pick_file']>;
  readonly door: Door;
  readonly office: Office | null;
  /** A company is being opened or closed. */
  readonly busy: boolean;
  readonly language: Language;
}

const words = {
  create: w('Folder for the new company', 'Ordner für die neue Firma'),
  open: w('Open a company folder', 'Firmenordner öffnen'),
  file: w('Choose a file', 'Datei auswählen'),
  target: w('Save as', 'Speichern unter'),
  all: w('Files', 'Dateien'),
  noCompany: w('No company is open.', 'Es ist keine Firma geöffnet.'),
  fullPath: w('The folder must be named with its whole path.', 'Der Ordner muss mit seinem ganzen Pfad angegeben werden.'),
  lost: w('The company was closed because its folder was taken over elsewhere. What was saved is safe.', 'Die Firma wurde geschlossen, weil ihr Ordner anderswo übernommen wurde. Gespeichertes ist sicher.'),
  fileGone: w('This file is no longer there.', 'Diese Datei ist nicht mehr da.'),
} as const;

const fileKinds: Readonly<Record<'csv' | 'xlsx' | 'vcard' | 'ical' | 'ledger', FileKind>> = {
  csv: { name: 'CSV', extensions: ['csv', 'tsv', 'txt'] },
  xlsx: { name: 'Excel', extensions: ['xlsx'] },
  vcard: { name: 'vCard', extensions: ['vcf', 'vcard'] },
  ical: { name: 'iCalendar', extensions: ['ics', 'ical'] },
  // Programs of ledgers leave the ending to the user.
  ledger: { name: 'hledger, ledger, beancount, GnuCash, CSV, QIF', extensions: ['journal', 'hledger', 'j', 'ledger', 'dat', 'lgr', 'beancount', 'bean', 'gnucash', 'csv', 'tsv', 'qif', 'txt', '*'] },
};

/** The desk of this PC: which company is open, dialogs, paper, appearance. One window, one door. */
export function makeDesk(parts: DeskParts): DeskRoom {
  const { settings, log, dialogs } = parts;
  const tokens = makeTokens();
  const makeDoor = (): Door => ({ session: null, kind: 'window', source: tokens.path });
  let door = makeDoor();
  let current: Office | null = null;
  let problem: OpenProblem | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  const pcLanguage = (): Language => settings.get('language') ?? parts.systemLanguage;
  const language = (): Language => door.session?.language ?? pcLanguage();
  const surroundings = (): Surroundings => ({ headsDir: parts.headsDir, log, language: pcLanguage(), who: whoAmI() });

  /** Opening and closing wait for each other; a failed one does not stop the next. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    waiting++;
    const mine = turn.then(work).finally(() => waiting--);
    turn = mine.catch(() => {});
    return mine;
  };

  const leaveNow = async (): Promise<void> => {
    const old = current;
    current = null;
    door = makeDoor();
    tokens.clear();
    if (!old) return;
    parts.opened(null);
    try {
      await old.close();
    } catch (error) {
      log.error('close', error);
    }
  };

  /** The office has closed by itself: its folder was taken over from another PC or another start. */
  const lose = async (office: Office): Promise<void> => {
    if (office !== current) return;
    await leaveNow();
    problem = { kind: 'owned', folder: office.folder, failure: { code: 'conflict', message: say(words.lost, pcLanguage()) }, backup: null };
    parts.tell({ type: 'desk' });
  };

  const enter = async (folder: string, open: () => Promise<Office>): Promise<{ readonly folder: string }> => {
    if (current?.folder === folder) return { folder };
    await leaveNow();
    problem = null;
    try {
      current = await open();
    } catch (error) {
      if (error instanceof OpenFailed) {
        problem = error.problem;
        log.warn('company not opened', { folder, kind: problem.kind });
        throw new Refused(problem.failure.code, w(problem.failure.message, problem.failure.message));
      }
      throw error;
    } finally {
      // Also after a failure: the one before is closed then. Who asks now waits for the end of this turn.
      parts.tell({ type: 'desk' });
    }
    const office = current;
    office.on((event) => {
      if (office !== current) return;
      if (event.type === 'desk') void inTurn(() => lose(office));
      else parts.tell(event);
    });
    settings.set({ last: office.folder, recent: withRecent(settings.get('recent'), { folder: office.folder, name: office.name, opened_at: Date.now() }) });
    log.info('company opened', { folder: office.folder });
    parts.opened(office.name);
    return { folder: office.folder };
  };

  const whole = (folder: string): string => {
    if (!isAbsolute(folder) || folder.includes('\0')) throw new Refused('invalid', words.fullPath, {}, 'folder');
    return resolve(folder);
  };
  const openFolder = (folder: string): Promise<{ readonly folder: string }> => inTurn(() => enter(folder, () => openOffice(folder, surroundings())));

  const asToken = (path: string): { readonly token: string; readonly name: string; readonly bytes: number } => {
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found?.isFile()) throw new Refused('missing', words.fileGone);
    return { token: tokens.give(path, 'in'), name: basename(path), bytes: found.size };
  };

  const askTarget = async (name: string): Promise<string | null> => {
    const plain = plainName(name);
    const extension = extname(plain);
    const kinds = extension === '' ? [] : [{ name: extension.slice(1).toUpperCase(), extensions: [extension.slice(1)] }];
    const path = await dialogs.target({ title: say(words.target, language()), start: join(app.getPath('documents'), plain), kinds });
    if (path === null) return null;
    return extension !== '' && extname(path).toLowerCase() !== extension.toLowerCase() ? `${path}${extension}` : path;
  };

  const state = (): Desk => ({
    version: app.getVersion(),
    electron: process.versions.electron,
    recent: settings.get('recent').map((one) => ({ ...one, found: existsSync(join(one.folder, 'office.db')) })),
    open: current ? { folder: current.folder, name: current.name } : null,
    problem,
    language: pcLanguage(),
    theme: settings.get('theme'),
    default_folder: join(app.getPath('documents'), 'Bureau'),
  });

  const handlers: Handlers = {
    // While the company of the last time is being opened, "none is open" would be the wrong screen.
    'desk.state': () => turn.then(state),
    'desk.create': (input) => {
      const folder = whole(input.folder);
      return inTurn(() => enter(folder, () => createOffice({ ...createSchema.parse(input), folder }, surroundings())));
    },
    'desk.charts': charts,
    'desk.chart': ({ code }) => chart(code),
    'desk.open': ({ folder }) => openFolder(whole(folder)),
    'desk.close': () =>
      inTurn(async () => {
        await leaveNow();
        problem = null;
        settings.set({ last: null });
        parts.tell({ type: 'desk' });
        return null;
      }),
    'desk.forget': ({ folder }) => {
      settings.set({ recent: settings.get('recent').filter((one) => one.folder !== folder), ...(settings.get('last') === folder && current?.folder !== folder ? { last: null } : {}) });
      if (problem?.folder === folder) problem = null;
      parts.tell({ type: 'desk' });
      return null;
    },
    'desk.rescue': ({ folder, backup }) => {
      const path = whole(folder);
      return inTurn(() => enter(path, () => rescueOffice(path, backup, surroundings())));
    },
    'desk.appearance': ({ language: chosen, theme }) => {
      settings.set({ ...(chosen ? { language: chosen } : {}), ...(theme ? { theme } : {}) });
      applyTheme(settings.get('theme'));
      parts.opened(current?.name ?? null);
      parts.tell({ type: 'desk' });
      return null;
    },
    'desk.pick_folder': async ({ purpose }) => {
      const folder = await dialogs.folder({ title: say(words[purpose], language()), start: app.getPath('documents') });
      return folder === null ? null : { folder };
    },
    'desk.pick_file': async ({ kinds }) => {
      const path = await dialogs.file({ title: say(words.file, language()), kinds: kinds.map((kind) => fileKinds[kind]) });
      return path === null ? null : asToken(path);
    },
    'desk.pick_target': async ({ name }) => {
      const path = await askTarget(name);
      return path === null ? null : { token: tokens.give(path, 'out'), name: basename(path) };
    },
    'desk.show_file': ({ token }) => {
      const path = tokens.path(token);
      if (!existsSync(path)) throw new Refused('missing', words.fileGone);
      shell.showItemInFolder(path);
      return null;
    },
    'desk.print': async ({ html, name, to }) => {
      if (to === 'printer') {
        await toPrinter(html);
        return null;
      }
      const path = await askTarget(`${name.replace(/\.pdf$/i, '')}.pdf`);
      if (path === null) return null;
      await writeWhole(path, await toPdf(html, name));
      return { token: tokens.give(path, 'out') };
    },
  };

  const isOwn = (name: string): name is Own => Object.hasOwn(handlers, name);

  return {
    call: (name, input, request) => {
      const office = current;
      if (!isOwn(name) && office) return office.call(door, name, input, request);
      return toReply(
        () => {
          const call = callNamed(name);
          if (!isOwn(name)) throw new Refused('missing', words.noCompany);
          checkRight(call, { user: null, rights: door.session?.rights ?? null, language: language() });
          // The schema of this very call has read the input.
          return (handlers[name] as (input: unknown) => unknown)(parseInput(name, input, language()));
        },
        language(),
        log,
      );
    },
    start: async (folder) => {
      const reply = await toReply(() => openFolder(folder), pcLanguage(), log);
      if (!reply.ok) problem ??= { kind: 'other', folder, failure: reply.failure, backup: null };
    },
    leave: () => inTurn(leaveNow),
    dropped: (path) => {
      if (!door.session || typeof path !== 'string' || path.length > 4096 || !isAbsolute(path)) return null;
      return statSync(path, { throwIfNoEntry: false })?.isFile() ? asToken(path) : null;
    },
    get door() {
      return door;
    },
    get office() {
      return current;
    },
    get busy() {
      return waiting > 0;
    },
    get language() {
      return language();
    },
  };
}

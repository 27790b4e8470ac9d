import { notifyManager, type QueryClient as Client, QueryClient, useMutation, type UseMutationResult, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useRef } from 'react';
import type { AllCalls, CallName } from '#contract/calls.ts';
import type { DeskEvent, JobState } from '#contract/company/desk.ts';
import type { InputOf, OutputOf } from '#contract/kit/call.ts';
import { ask, CallFailed, office } from './office.ts';

/**
 * The one cache of what the office said. Nothing goes stale by itself: main says what changed, and what is on screen is
 * asked again. `networkMode: 'always'` because the office is on this PC, whatever the network does.
 */
export const client: Client = new QueryClient({
  defaultOptions: {
    queries: { networkMode: 'always', staleTime: Infinity, gcTime: 5 * 60_000, retry: false, refetchOnWindowFocus: false, refetchOnReconnect: false },
    mutations: { networkMode: 'always', retry: false },
  },
});

/** The noun a call is about: `party.list` belongs to `party`. */
export const nounOf = (name: string): string => name.slice(0, name.indexOf('.'));

/** Where an answer is kept: [noun, call, input]. */
export const keyOf = (name: string, input: unknown): readonly [string, string, unknown] => [nounOf(name), name, input];

export interface CallOptions {
  readonly enabled?: boolean;
  /** Keep showing the last answer while the next one comes: for lists and search while typing. */
  readonly keep?: boolean;
  /** Milliseconds between asking again, for what changes with the clock. */
  readonly every?: number;
}

/** Asks a call and keeps the answer: `useCall('party.get', { id: 7 })`. */
export function useCall<N extends CallName>(name: N, input: InputOf<AllCalls[N]>, options: CallOptions = {}): UseQueryResult<OutputOf<AllCalls[N]>, CallFailed> {
  return useAsk<OutputOf<AllCalls[N]>>(name, input, options);
}

/** The same for calls whose name is only known at run time (generic parts). */
export function useAsk<T>(name: string, input: unknown, options: CallOptions = {}): UseQueryResult<T, CallFailed> {
  return useQuery<T, CallFailed>({
    queryKey: keyOf(name, input),
    queryFn: async () => (await ask(name, input)) as T,
    ...(options.enabled === undefined ? {} : { enabled: options.enabled }),
    ...(options.keep ? { placeholderData: (previous: T | undefined) => previous as never } : {}),
    ...(options.every ? { refetchInterval: () => (hushed ? false : (options.every ?? false)) } : {}),
  });
}

/** Asks once outside of components; answers from the cache when it is there. */
export async function fetchCall<N extends CallName>(name: N, input: InputOf<AllCalls[N]>): Promise<OutputOf<AllCalls[N]>> {
  return await fetchAsk<OutputOf<AllCalls[N]>>(name, input);
}

/** The same for calls whose name is only known at run time. */
export async function fetchAsk<T>(name: string, input: unknown): Promise<T> {
  return await client.fetchQuery({ queryKey: keyOf(name, input), queryFn: async () => (await ask(name, input)) as T });
}

/** Does something: `const save = useDo('party.update'); save.mutate({...})`. */
export function useDo<N extends CallName>(name: N): UseMutationResult<OutputOf<AllCalls[N]>, CallFailed, InputOf<AllCalls[N]>> {
  return useDoing<OutputOf<AllCalls[N]>, InputOf<AllCalls[N]>>(name);
}

/** The same for calls whose name is only known at run time. */
export function useDoing<T, I>(name: string): UseMutationResult<T, CallFailed, I> {
  const pending = useRef<{ readonly text: string; readonly id: string } | null>(null);
  return useMutation<T, CallFailed, I>({
    mutationKey: [name],
    mutationFn: async (input) => {
      const text = JSON.stringify(input);
      // The same wish after a failure keeps its id: if the first try did get through, the office answers it again and does it once.
      const id = pending.current?.text === text ? pending.current.id : crypto.randomUUID();
      pending.current = { text, id };
      const value = (await ask(name, input, id)) as T;
      pending.current = null;
      return value;
    },
    onError: (error) => {
      // A refusal is an answer: nothing was written, and the next try is a new wish.
      if (error instanceof CallFailed && error.failure.code !== 'busy' && error.failure.code !== 'bug') pending.current = null;
    },
  });
}

/** Answers that any change may touch, whatever it was about. */
const touchedByAll = new Set(['agenda', 'audit', 'record', 'link', 'company', 'search', 'import', 'books', 'journal', 'exchange']);

/**
 * Nobody is signed in: what is open behind the lock asks nothing, or the log would fill with refusals. What changes meanwhile
 * is remembered and asked when the door opens.
 */
let hushed = false;
const waiting = new Set<string>();

/** Several changes of one moment are asked together, and not before it is known whether the door closed with them. */
let soon: ReturnType<typeof setTimeout> | undefined;

function refreshSoon(nouns: readonly string[]): void {
  for (const noun of nouns) waiting.add(noun);
  soon ??= setTimeout(() => {
    soon = undefined;
    if (hushed || waiting.size === 0) return;
    const all = [...waiting];
    waiting.clear();
    refresh(all);
  }, 20);
}

type Current = Awaited<ReturnType<(typeof office)['session.current']>>;
type DeskNow = Awaited<ReturnType<(typeof office)['desk.state']>>;

/** Whose answers the cache holds. */
let owner: number | null = null;

/** Another user or another company: nothing of the one before may show. Screens of before are gone with the same drawing. */
const forget = (): void => client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'desk' && queryKey[0] !== 'session' });

const sessionKey = keyOf('session.current', {});
const deskKey = keyOf('desk.state', {});

/** Without a company the question itself is refused; then nobody is signed in. */
const askSession = (): Promise<Current> => office['session.current']({}).catch((): Current => ({ session: null, users: [] }));

function takeSession(now: Current): void {
  owner ??= client.getQueryData<Current>(sessionKey)?.session?.user_id ?? null;
  if (now.session) {
    if (now.session.user_id !== owner) forget();
    owner = now.session.user_id;
    hushed = false;
  }
  client.setQueryData<Current>(sessionKey, now);
  refreshSoon([]);
}

/** Who is signed in may have changed: only that is asked, and the rest once somebody is. */
async function sessionChanged(): Promise<void> {
  hushed = true;
  const now = await askSession();
  notifyManager.batch(() => takeSession(now));
}

/**
 * Another company may be open, with nobody signed in yet. Both answers are taken in one drawing: screens of the company before
 * are gone with it and do not ask the new one.
 */
async function deskChanged(): Promise<void> {
  hushed = true;
  const [desk, session] = [await office['desk.state']({}), await askSession()];
  notifyManager.batch(() => {
    if (desk.open?.folder !== client.getQueryData<DeskNow>(deskKey)?.open?.folder) {
      owner = null;
      waiting.clear();
      forget();
      client.setQueryData<Current>(sessionKey, { session: null, users: [] });
    }
    client.setQueryData<DeskNow>(deskKey, desk);
    takeSession(session);
  });
}

/** After a write: what is on screen about these nouns is asked again, the rest when it is next looked at. */
export function refresh(nouns: readonly string[]): void {
  const changed = new Set(nouns);
  // Rights and names of who is signed in come from these.
  if (changed.has('role') || changed.has('user')) changed.add('session');
  // Statements are reckoned from these, and written in the language of the user.
  if (['entry', 'account', 'period', 'fiscal_year', 'rate', 'statement_design', 'user'].some((noun) => changed.has(noun))) changed.add('report');
  void client.invalidateQueries({ predicate: ({ queryKey }) => changed.has(String(queryKey[0])) || touchedByAll.has(String(queryKey[0])) });
}

/** F5: everything on screen anew. */
export const refreshAll = (): void => void client.invalidateQueries();

/** Jobs of this window, the last told first; `listen` keeps them fresh. */
export const useJobs = (enabled = true): UseQueryResult<readonly JobState[], CallFailed> => useCall('desk.jobs', {}, { enabled });

function heardJob(job: JobState): void {
  client.setQueryData<readonly JobState[]>(keyOf('desk.jobs', {}), (known = []) => {
    const before = known.find((one) => one.id === job.id);
    // What has ended does not run again because an older message came late.
    if (before && before.state !== 'running' && job.state === 'running') return known;
    return [job, ...known.filter((one) => one.id !== job.id)];
  });
  if (job.state !== 'running' && job.call.startsWith('backup.')) refresh(['backup']);
}

/** Hears what main tells without being asked; returns how to stop. */
export function listen(): () => void {
  return window.bureau.listen((event: DeskEvent) => {
    if (event.type === 'changed') refreshSoon(event.entities);
    else if (event.type === 'job') heardJob(event.job);
    else if (event.type === 'session') void sessionChanged();
    else void deskChanged();
  });
}

import { Avatar, Button, Input, Spinner } from '@fluentui/react-components';
import { LockClosed16Regular } from '@fluentui/react-icons';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Session } from '#contract/records/user.ts';
import { Mark } from '../frame/Mark.tsx';
import { PasswordField } from '../parts/PasswordField.tsx';
import { failureOf } from '../parts/Problem.tsx';
import { useDo } from '../query.ts';
import { useDoor } from '../state/session.ts';
import { useT } from '../t.ts';
import { LanguageSwitch } from './LanguageSwitch.tsx';

interface Person {
  readonly sign_in: string;
  readonly name: string;
  readonly has_password: boolean;
}

/** The door of a company: who, then the password. Also the lock, behind which everything stays open. */
export function SignIn({ company, users, locked }: { readonly company: string; readonly users: readonly Person[]; readonly locked: Session | null }) {
  const t = useT();
  const here = locked ? users.find((one) => one.name === locked.name) : undefined;
  const [who, setWho] = useState<Person | null>(here ?? (users.length === 1 ? (users[0] ?? null) : null));
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useDo('session.sign_in');
  const leave = useDo('desk.close');
  const [until, setUntil] = useState(0);
  const wait = useSecondsTo(until);
  const failure = signIn.error ? failureOf(signIn.error) : null;

  const enter = (person: { readonly sign_in: string }, word: string): void =>
    signIn.mutate(
      { sign_in: person.sign_in, password: word },
      {
        onError: ({ failure: refused }) => {
          setPassword('');
          // The office says the seconds in its refusal; the button counts them down.
          if (refused.code === 'busy') setUntil(Date.now() + Number(/\d+/.exec(refused.message)?.[0] ?? 0) * 1000);
        },
      },
    );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (who && !signIn.isPending && wait === 0) enter(who, password);
  };
  const choose = (person: Person): void => {
    signIn.reset();
    setPassword('');
    setWho(person);
    if (!person.has_password && users.length === 1) enter(person, '');
  };
  useOpenDoor(users, locked, (person) => enter(person, ''));

  return (
    <main className="door">
      <div className="sign">
        <header className="sign-head">
          <Mark size={32} />
          <h1 className="h1 cut" title={company}>
            {company}
          </h1>
          {locked && (
            <p className="quiet row-tight">
              <LockClosed16Regular aria-hidden /> {t('desk.sign.locked')}. {t('desk.sign.locked_text')}
            </p>
          )}
        </header>
        {who ? (
          <form noValidate onSubmit={submit} className="stack" aria-label={t('desk.sign.title')}>
            <div className="sign-who">
              <Avatar name={who.name} size={40} color="brand" aria-hidden />
              <span className="strong cut">{who.name}</span>
            </div>
            {who.has_password && <PasswordField key={who.sign_in} label={t('desk.sign.password', { name: who.name })} value={password} onChange={setPassword} autoFocus error={failure?.message} />}
            {!who.has_password && failure && (
              <p className="wrong" role="alert">
                {failure.message}
              </p>
            )}
            <Button type="submit" appearance="primary" disabledFocusable={signIn.isPending || wait > 0}>
              {signIn.isPending ? <Spinner size="extra-tiny" label={t('desk.sign.busy')} /> : wait > 0 ? t('desk.sign.wait', { seconds: wait }) : t(locked?.name === who.name ? 'desk.sign.unlock' : 'desk.sign.enter')}
            </Button>
            {(users.length > 1 || locked) && users.length > 1 && (
              <Button appearance="subtle" onClick={() => setWho(null)}>
                {t('desk.sign.other')}
              </Button>
            )}
          </form>
        ) : users.length === 0 ? (
          <form
            noValidate
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              if (name.trim() !== '') setWho({ sign_in: name.trim(), name: name.trim(), has_password: true });
            }}
          >
            <label className="strong" htmlFor="sign-name">
              {t('desk.sign.name')}
            </label>
            <Input id="sign-name" value={name} autoFocus onChange={(_event, data) => setName(data.value)} />
            <Button type="submit" appearance="primary">
              {t('common.next')}
            </Button>
          </form>
        ) : (
          <section className="stack" aria-labelledby="who">
            <h2 className="h3" id="who">
              {t('desk.sign.who')}
            </h2>
            <ul className="cards">
              {users.map((one, at) => (
                <li key={one.sign_in}>
                  {/* The first one has the focus: arrow-free, Tab and Enter are enough. */}
                  <button type="button" className="card" autoFocus={at === 0} onClick={() => choose(one)}>
                    <Avatar name={one.name} size={28} color="brand" aria-hidden />
                    <span className="stack-none grow">
                      <span className="cut">{one.name}</span>
                      {!one.has_password && <span className="quiet small">{t('desk.sign.without')}</span>}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
        <footer className="chooser-foot">
          <LanguageSwitch />
          <Button size="small" appearance="subtle" onClick={() => leave.mutate({})}>
            {t('frame.do.switch')}
          </Button>
        </footer>
      </div>
    </main>
  );
}

/** A firm of one without a password comes in without being asked, once after opening; not after signing out. */
function useOpenDoor(users: readonly Person[], locked: Session | null, enter: (person: Person) => void): void {
  const tried = useRef(false);
  const folder = useDoor((door) => door.folder);
  const only = users.length === 1 && users[0]?.has_password === false ? users[0] : null;
  useEffect(() => {
    if (!only || locked || tried.current || folder === null || entered.has(folder)) return;
    tried.current = true;
    entered.add(folder);
    enter(only);
    // Only what decides whether to come in starts it.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [only, locked, folder]);
}

/** Companies this window has come into by itself since it was opened. */
const entered = new Set<string>();

/** Seconds until a moment, counted down. */
function useSecondsTo(until: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), until > Date.now() ? 250 : 60_000);
    return () => clearInterval(timer);
  }, [until]);
  return Math.max(0, Math.ceil((until - now) / 1000));
}

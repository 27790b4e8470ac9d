import { FluentProvider } from '@fluentui/react-components';
import { useEffect, useLayoutEffect, useState } from 'react';
import type { Desk } from '#contract/company/desk.ts';
import { Chooser } from './desk/Chooser.tsx';
import { OpenProblemScreen } from './desk/OpenProblem.tsx';
import { SignIn } from './desk/SignIn.tsx';
import { Frame } from './frame/Frame.tsx';
import { Dialogs } from './parts/Dialogs.tsx';
import { useKeptFocus } from './parts/keepFocus.ts';
import { Loading } from './parts/Loading.tsx';
import { failureOf, Problem } from './parts/Problem.tsx';
import { Toasts } from './parts/Toasts.tsx';
import { useCall } from './query.ts';
import { useCurrent, useDoor, useFreshStart } from './state/session.ts';
import { useUi } from './state/ui.ts';
import { setCountry, speak } from './t.ts';
import { themeFor, type ThemeName, themes } from './theme.ts';

/** Which of the screens there is: the company chooser, the problem of opening one, the door, or the house. */
export function App() {
  const desk = useCall('desk.state', {});
  const theme = useTheme(desk.data?.theme ?? 'system');
  const density = useUi((ui) => ui.density);
  useLayoutEffect(() => {
    document.documentElement.style.colorScheme = theme === 'light' ? 'light' : 'dark';
    document.documentElement.dataset['density'] = density;
    document.documentElement.dataset['theme'] = theme;
  }, [theme, density]);
  return (
    // The class stands on a box of its own: Fluent copies those of the provider to every portal.
    <FluentProvider theme={themes[theme]}>
      <div className="app">
        {desk.data ? <Doors desk={desk.data} /> : desk.error ? <Problem failure={failureOf(desk.error)} retry={() => void desk.refetch()} /> : <Loading />}
      </div>
      <Dialogs />
      <Toasts />
    </FluentProvider>
  );
}

function Doors({ desk }: { readonly desk: Desk }) {
  useKeptFocus();
  const open = desk.open !== null;
  const current = useCurrent();
  const door = useDoor();
  const session = open ? (current.data?.session ?? null) : null;
  useFreshStart(session, desk.open?.folder ?? null);
  // Of another company nobody is known: its window is taken away with the same drawing.
  const known = door.folder === (desk.open?.folder ?? null) ? door.known : null;
  const inside = session ?? known;
  useSpeech(door.spoken ?? inside?.language ?? desk.language, session !== null);
  useTitle(desk.open?.name);

  if (desk.problem) return <OpenProblemScreen problem={desk.problem} />;
  if (!open) return <Chooser desk={desk} />;
  if (current.error) return <Problem failure={failureOf(current.error)} retry={() => void current.refetch()} />;
  if (!current.data) return <Loading />;
  // Behind a lock the house stays as it was, out of sight and out of reach, so that nothing typed is lost.
  return (
    <>
      {inside && <Frame key={inside.user_id} hidden={session === null} />}
      {!session && <SignIn company={desk.open.name} users={current.data.users} locked={known} />}
    </>
  );
}

/** Language of the user, and the country of the company for dates and figures. */
function useSpeech(language: Desk['language'], signedIn: boolean): void {
  const company = useCall('company.get', {}, { enabled: signedIn });
  const country = company.data?.country ?? '';
  useLayoutEffect(() => {
    setCountry(country);
    speak(language);
  }, [language, country]);
}

function useTitle(company: string | undefined): void {
  useEffect(() => {
    document.title = company ? `${company} – Bureau` : 'Bureau';
  }, [company]);
}

/** Follows the system while the choice is "system". */
function useTheme(choice: Desk['theme']): ThemeName {
  const [name, setName] = useState<ThemeName>(() => themeFor(choice));
  useEffect(() => {
    const look = (): void => setName(themeFor(choice));
    look();
    const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((query) => window.matchMedia(query));
    for (const query of queries) query.addEventListener('change', look);
    return () => {
      for (const query of queries) query.removeEventListener('change', look);
    };
  }, [choice]);
  return name;
}

import { Button } from '@fluentui/react-components';
import { Box24Regular, type FluentIcon, Shield24Regular } from '@fluentui/react-icons';
import { go } from '../state/ui.ts';
import { useT } from '../t.ts';
import type { home } from '../words/home.ts';

type Rooms = (typeof home)['en']['next'];
type Room = 'security' | 'logistics';
/** Keys of a room that have a text beside them. */
type Part<R extends Room> = { [K in keyof Rooms[R] & string]: `${K}_text` extends keyof Rooms[R] ? K : never }[keyof Rooms[R] & string];

const icons: Readonly<Record<Room, FluentIcon>> = { security: Shield24Regular, logistics: Box24Regular };

const security = ['roster', 'patrols', 'entry', 'risk'] as const satisfies readonly Part<'security'>[];
const logistics = ['stock', 'orders', 'transport', 'assets'] as const satisfies readonly Part<'logistics'>[];

/** A module that is not built yet: what it will hold, and what of it there is today. No figures, nothing that looks like it worked. */
export function ComesNext({ room }: { readonly room: Room }) {
  const t = useT();
  const Icon = icons[room];
  const parts: readonly (readonly [string, string])[] =
    room === 'security'
      ? security.map((part) => [t(`home.next.security.${part}`), t(`home.next.security.${part}_text`)])
      : logistics.map((part) => [t(`home.next.logistics.${part}`), t(`home.next.logistics.${part}_text`)]);
  return (
    <div className="screen">
      <div className="next">
        <header className="problem-head">
          <Icon aria-hidden className="brand" />
          <h1 className="h1">{t(`home.next.${room}.title`)}</h1>
          <span className="tag">{t('home.next.soon')}</span>
        </header>
        <p>{t('home.next.text')}</p>
        <h2 className="h3">{t('home.next.holds')}</h2>
        <dl className="next-parts">
          {parts.map(([title, text]) => (
            <div key={title}>
              <dt className="strong">{title}</dt>
              <dd className="quiet">{text}</dd>
            </div>
          ))}
        </dl>
        <h2 className="h3">{t('home.next.today')}</h2>
        <p>{t(`home.next.${room}.today`)}</p>
        <div>
          <Button onClick={() => void go({ module: 'records' })}>{t('frame.do.records')}</Button>
        </div>
      </div>
    </div>
  );
}

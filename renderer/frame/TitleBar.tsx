import { Avatar, Menu, MenuDivider, MenuGroup, MenuGroupHeader, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { ChevronRight16Regular, Search16Regular } from '@fluentui/react-icons';
import { entities } from '#contract/calls.ts';
import { type Action, possible, run, shown } from '../commands.ts';
import { JobsIndicator } from '../parts/jobs/JobsIndicator.tsx';
import { useCall } from '../query.ts';
import { useCan, useSession } from '../state/session.ts';
import { go, type Place, placeOf, showPalette, useUi } from '../state/ui.ts';
import { language, useT, words } from '../t.ts';
import { lock, palette, signOut, switchCompany } from './actions.ts';
import { ownPassword } from './OwnPassword.tsx';
import { roomsFor } from './areas.ts';
import { Mark } from './Mark.tsx';

/** Company and place as breadcrumbs, the search box, running jobs, the user. */
export function TitleBar() {
  const t = useT();
  return (
    <header className="title">
      <Crumbs />
      <button type="button" className="search-box" aria-haspopup="dialog" aria-keyshortcuts="Control+K" onClick={() => showPalette(true)}>
        <Search16Regular aria-hidden />
        <span className="grow cut" style={{ textAlign: 'left' }}>
          {t('frame.search')}
        </span>
        <kbd>{shown(palette.keys?.[0] ?? '', language())}</kbd>
      </button>
      <div className="title-end">
        <JobsIndicator where="title" />
        <UserMenu />
      </div>
    </header>
  );
}

interface Crumb {
  readonly label: string;
  readonly place?: Place;
}

function useCrumbs(): readonly Crumb[] {
  const t = useT();
  const can = useCan();
  const place = useUi((ui) => ui.place);
  const open = useUi((ui) => ui.opened.find((one) => one.entity === place.entity && one.id === place.id));
  const company = useCall('company.get', {});
  const rooms = roomsFor(place.module, can);
  const room = rooms.find((one) => one.id === (place.area ?? rooms[0]?.id));
  const entity = place.entity ? entities[place.entity] : undefined;
  const crumbs: Crumb[] = [
    { label: company.data?.name ?? t('common.loading'), place: { module: 'home' } },
    { label: t(`frame.modules.${place.module}`), place: { module: place.module } },
  ];
  if (room) crumbs.push({ label: room.label(), place: room.place });
  if (entity && place.id !== undefined) {
    if (!room) crumbs.push({ label: words(entity.plural), place: placeOf(entity.name) });
    crumbs.push({ label: place.id === 0 ? t('frame.do.new', { what: words(entity.label) }) : (open?.title ?? words(entity.label)) });
  }
  return crumbs;
}

function Crumbs() {
  const t = useT();
  const crumbs = useCrumbs();
  return (
    <nav className="crumbs" aria-label={t('frame.crumbs')}>
      <Mark />
      <ol>
        {crumbs.map(({ label, place }, at) => {
          const here = at === crumbs.length - 1;
          return (
            <li key={at}>
              {at > 0 && <ChevronRight16Regular aria-hidden />}
              <button type="button" className="crumb cut" title={label} aria-current={here ? 'page' : undefined} onClick={() => place && !here && void go(place)}>
                {label}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function UserMenu() {
  const t = useT();
  const session = useSession();
  const recent = useCall('desk.state', {});
  const open = recent.data?.open;
  if (!session) return null;
  const item = (one: Action) =>
    possible(one) && (
      <MenuItem key={one.id} {...(one.icon ? { icon: <one.icon /> } : {})} {...(one.keys?.[0] ? { secondaryContent: shown(one.keys[0], language()) } : {})} onClick={() => run(one)}>
        {t(one.label)}
      </MenuItem>
    );
  return (
    <Menu positioning="below-end" inline>
      <MenuTrigger disableButtonEnhancement>
        <button type="button" className="crumb row-tight">
          <Avatar name={session.name} size={24} color="brand" aria-hidden />
          <span className="cut" style={{ maxWidth: 160 }}>
            {session.name}
          </span>
          <span className="unseen">{t('frame.user_menu', { role: session.role })}</span>
        </button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuGroup>
            <MenuGroupHeader className="menu-head">
              <span className="strong">{session.name}</span>
              <span className="quiet small">{session.role}</span>
              {open && (
                <span className="quiet small cut" title={open.folder}>
                  {open.name}
                </span>
              )}
            </MenuGroupHeader>
          </MenuGroup>
          {item(ownPassword)}
          {item(lock)}
          {item(signOut)}
          <MenuDivider />
          {item(switchCompany)}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { Key16Regular, LockClosed16Regular, MoreHorizontal16Regular, PersonAdd16Regular, Warning16Filled, Warning20Filled } from '@fluentui/react-icons';
import { useState } from 'react';
import { confirm } from '../parts/Dialogs.tsx';
import { Answer } from '../parts/Problem.tsx';
import { Screen } from '../parts/Screen.tsx';
import { CallFailed, office } from '../office.ts';
import { useCall } from '../query.ts';
import { useCan, useCurrent } from '../state/session.ts';
import { tell, tellWrong } from '../state/ui.ts';
import { useT } from '../t.ts';
import { PasswordDialog, UserDialog } from './UserDialogs.tsx';
import { ReadOnly } from './ReadOnly.tsx';
import type { UserRow } from './rows.ts';

type Opened = { readonly what: 'add' } | { readonly what: 'edit' | 'password'; readonly user: UserRow } | null;

/** Who may sign in, each with a role. */
export function Users({ start }: { readonly start?: string | undefined }) {
  const t = useT();
  const can = useCan();
  const current = useCurrent();
  const users = useCall('user.list', { limit: 1000 });
  const roles = useCall('role.list', { limit: 1000 });
  const [opened, setOpened] = useState<Opened>(null);
  const [asked, setAsked] = useState(start === 'password');
  const me = current.data?.session;
  const mine = users.data?.rows.find((one) => one.id === me?.user_id);
  const alone = users.data?.rows.length === 1 && me?.has_password === false;
  const may = can('user', 'write');
  // Opened from Home for this: once the list is there.
  const shown: Opened = opened ?? (asked && mine ? { what: 'password', user: mine } : null);
  const close = (): void => {
    setOpened(null);
    setAsked(false);
  };
  return (
    <Screen
      title={t('settings.users.title')}
      text={t('settings.users.text')}
      actions={
        <>
          {mine && (
            <Button icon={<Key16Regular />} onClick={() => setOpened({ what: 'password', user: mine })}>
              {t('settings.users.own_password')}
            </Button>
          )}
          {may && (
            <Button appearance="primary" icon={<PersonAdd16Regular />} disabled={alone} onClick={() => setOpened({ what: 'add' })}>
              {t('settings.users.add')}
            </Button>
          )}
        </>
      }
    >
      {!may && <ReadOnly />}
      {alone && may && (
        <p className="note">
          <Warning20Filled className="attention" aria-hidden /> {t('settings.users.alone')}
        </p>
      )}
      <Answer of={users}>
        {({ rows }) => (
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('settings.users.name')}</th>
                <th scope="col">{t('settings.users.sign_in')}</th>
                <th scope="col">{t('settings.users.role')}</th>
                <th scope="col">{t('settings.users.language')}</th>
                <th scope="col">{t('settings.users.state')}</th>
                <th scope="col">
                  <span className="unseen">{t('common.more')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((one) => (
                <UserLine
                  key={one.id}
                  user={one}
                  role={roles.data?.rows.find((each) => each.id === one.role_id)?.name ?? ''}
                  me={one.id === me?.user_id}
                  hasPassword={current.data?.users.find((each) => each.sign_in === one.sign_in)?.has_password ?? true}
                  onOpen={setOpened}
                />
              ))}
            </tbody>
          </table>
        )}
      </Answer>
      {(shown?.what === 'add' || shown?.what === 'edit') && <UserDialog user={shown.what === 'edit' ? shown.user : null} roles={roles.data?.rows ?? []} onClose={close} />}
      {shown?.what === 'password' && <PasswordDialog user={shown.user} own={shown.user.id === me?.user_id} present={me?.has_password === true} onClose={close} />}
    </Screen>
  );
}

interface LineProps {
  readonly user: UserRow;
  readonly role: string;
  readonly me: boolean;
  readonly hasPassword: boolean;
  readonly onOpen: (opened: Opened) => void;
}

function UserLine({ user, role, me, hasPassword, onOpen }: LineProps) {
  const t = useT();
  const can = useCan();
  const may = can('user', 'write');
  return (
    <tr>
      <th scope="row" title={user.name}>
        {user.name} {me && <span className="quiet">({t('settings.users.you')})</span>}
      </th>
      <td className="selectable" title={user.sign_in}>
        {user.sign_in}
      </td>
      <td>{role}</td>
      <td>{user.language === 'de' ? 'Deutsch' : 'English'}</td>
      <td>
        {user.disabled ? (
          <span className="row-tight wrong">
            <LockClosed16Regular aria-hidden /> {t('settings.users.disabled')}
          </span>
        ) : hasPassword ? (
          t('settings.users.active')
        ) : (
          <span className="row-tight attention">
            <Warning16Filled aria-hidden /> {t('settings.users.no_password')}
          </span>
        )}
      </td>
      <td className="tight">
        {(may || can('user', 'approve')) && (
          <Menu positioning="below-end">
            <MenuTrigger disableButtonEnhancement>
              <Button size="small" appearance="subtle" icon={<MoreHorizontal16Regular />} aria-label={`${t('common.more')}: ${user.name}`} />
            </MenuTrigger>
            <MenuPopover>
              <MenuList>
                {may && <MenuItem onClick={() => onOpen({ what: 'edit', user })}>{t('settings.users.edit')}</MenuItem>}
                {(me || can('user', 'approve')) && <MenuItem onClick={() => onOpen({ what: 'password', user })}>{t(me ? 'settings.users.own_password' : 'settings.users.set_password')}</MenuItem>}
                {may && !me && <MenuItem onClick={() => void toggle(user, t)}>{t(user.disabled ? 'settings.users.enable' : 'settings.users.disable')}</MenuItem>}
              </MenuList>
            </MenuPopover>
          </Menu>
        )}
      </td>
    </tr>
  );
}

/** Blocks a user, or lets one in again; both can be taken back at once. */
async function toggle(user: UserRow, t: ReturnType<typeof useT>): Promise<void> {
  const { id, name } = user;
  const disabled = !user.disabled;
  if (disabled && !(await confirm({ title: t('settings.users.disable_title', { name }), text: t('settings.users.disable_text', { name }), yes: t('settings.users.disable') }))) return;
  try {
    const done = await office['user.update']({ id, version: user.version, patch: { disabled } });
    tell(t(disabled ? 'settings.users.disabled_told' : 'settings.users.enabled_told', { name }), async () => {
      await office['user.update']({ id, version: done.version, patch: { disabled: !disabled } });
    });
  } catch (error) {
    tellWrong(error instanceof CallFailed ? error.failure.message : String(error));
  }
}

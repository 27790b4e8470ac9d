import { Key20Regular } from '@fluentui/react-icons';
import { create } from 'zustand';
import { action } from '../commands.ts';
import { PasswordDialog } from '../settings/UserDialogs.tsx';
import { sessionNow, useSession } from '../state/session.ts';

const useOpen = create<{ readonly open: boolean }>(() => ({ open: false }));

/** Everybody may change the own password, also who may not see the list of users. */
export const ownPassword = action({ id: 'user.password', label: 'settings.users.own_password', icon: Key20Regular, group: 'company', when: () => sessionNow() !== null, run: () => useOpen.setState({ open: true }) });

export function OwnPassword() {
  const session = useSession();
  const open = useOpen((state) => state.open);
  if (!open || !session) return null;
  return <PasswordDialog user={{ id: session.user_id, name: session.name }} own present={session.has_password} onClose={() => useOpen.setState({ open: false })} />;
}

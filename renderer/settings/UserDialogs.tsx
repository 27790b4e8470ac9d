import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Field, Input, Radio, RadioGroup, Select } from '@fluentui/react-components';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { Failure } from '#contract/kit/failure.ts';
import { signInFrom } from '../desk/folder.ts';
import { PasswordField } from '../parts/PasswordField.tsx';
import { failureOf, Problem } from '../parts/Problem.tsx';
import { useDo } from '../query.ts';
import { tell } from '../state/ui.ts';
import { language, useT } from '../t.ts';
import type { RoleRow, UserRow } from './rows.ts';

interface FormProps {
  readonly title: string;
  readonly yes: string;
  readonly ready: boolean;
  readonly busy: boolean;
  readonly failure: Failure | null;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A short form in a dialog: Enter does it, Esc leaves. */
export function FormDialog({ title, yes, ready, busy, failure, onSubmit, onClose, children }: FormProps) {
  const t = useT();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (ready && !busy) onSubmit();
  };
  return (
    <Dialog open onOpenChange={(_event, data) => !data.open && onClose()}>
      <DialogSurface className="dialog">
        <form noValidate onSubmit={submit}>
          <DialogBody>
            <DialogTitle>{title}</DialogTitle>
            <DialogContent className="form">
              {children}
              {failure && <Problem failure={failure} />}
            </DialogContent>
            <DialogActions>
              <Button onClick={onClose}>{t('common.cancel')}</Button>
              <Button type="submit" appearance="primary" disabled={!ready || busy}>
                {yes}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}

/** Adds a user with a first password, or changes name, role and language of one. */
export function UserDialog({ user, roles, onClose }: { readonly user: UserRow | null; readonly roles: readonly RoleRow[]; readonly onClose: () => void }) {
  const t = useT();
  const create = useDo('user.create');
  const update = useDo('user.update');
  const setPassword = useDo('user.set_password');
  const [name, setName] = useState(user?.name ?? '');
  const [signIn, setSignIn] = useState(user?.sign_in ?? '');
  const [roleId, setRoleId] = useState(user?.role_id ?? roles.find((one) => one.preset === 'employee')?.id ?? roles[0]?.id ?? 0);
  const [speaks, setSpeaks] = useState<'en' | 'de'>(user?.language ?? language());
  const [password, setPasswordText] = useState('');
  // When the user was made but the password was refused, the next try only sets the password.
  const [made, setMade] = useState<number | null>(null);
  const sign_in = signIn || signInFrom(name);
  const failure = create.error ?? update.error ?? setPassword.error;

  const add = async (): Promise<void> => {
    const id = made ?? (await create.mutateAsync({ name: name.trim(), sign_in, role_id: roleId, language: speaks })).id;
    setMade(id);
    await setPassword.mutateAsync({ id, password });
    tell(t('settings.users.add_told', { name: name.trim() }));
    onClose();
  };
  const change = async (of: UserRow): Promise<void> => {
    const patch = {
      ...(name.trim() === of.name ? {} : { name: name.trim() }),
      ...(sign_in === of.sign_in ? {} : { sign_in }),
      ...(roleId === of.role_id ? {} : { role_id: roleId }),
      ...(speaks === of.language ? {} : { language: speaks }),
    };
    if (Object.keys(patch).length > 0) {
      await update.mutateAsync({ id: of.id, version: of.version, patch });
      tell(t('settings.users.edited', { name: name.trim() }));
    }
    onClose();
  };

  return (
    <FormDialog
      title={user ? t('settings.users.edit_title', { name: user.name }) : t('settings.users.add')}
      yes={t(user ? 'common.save' : 'common.add')}
      ready={name.trim() !== '' && sign_in !== '' && roleId !== 0 && (user !== null || password.length >= 8)}
      busy={create.isPending || update.isPending || setPassword.isPending}
      failure={failure ? failureOf(failure) : null}
      onSubmit={() => void (user ? change(user) : add()).catch(() => undefined)}
      onClose={onClose}
    >
      <Field label={t('settings.users.name')} required>
        <Input value={name} maxLength={200} disabled={made !== null} onChange={(_event, { value }) => setName(value)} />
      </Field>
      <Field label={t('settings.users.sign_in')} required>
        <Input value={sign_in} maxLength={60} disabled={made !== null} onChange={(_event, { value }) => setSignIn(value)} />
      </Field>
      <Field label={t('settings.users.role')} hint={roles.find((one) => one.id === roleId)?.about ?? ''} required>
        <Select value={String(roleId)} disabled={made !== null} onChange={(_event, { value }) => setRoleId(Number(value))}>
          {roles.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('settings.users.language')}>
        <RadioGroup layout="horizontal" value={speaks} disabled={made !== null} onChange={(_event, { value }) => setSpeaks(value === 'de' ? 'de' : 'en')}>
          <Radio value="en" label="English" />
          <Radio value="de" label="Deutsch" />
        </RadioGroup>
      </Field>
      {!user && <PasswordField label={t('settings.users.add_password')} hint={t('settings.users.add_password_hint')} value={password} onChange={setPasswordText} chosen />}
    </FormDialog>
  );
}

interface PasswordProps {
  readonly user: Pick<UserRow, 'id' | 'name'>;
  readonly own: boolean;
  /** There is a present one that must be given first. */
  readonly present: boolean;
  readonly onClose: () => void;
}

/** One's own password, with the present one; or the password of somebody else. */
export function PasswordDialog({ user, own, present, onClose }: PasswordProps) {
  const t = useT();
  const set = useDo('user.set_password');
  const [before, setBefore] = useState('');
  const [password, setPassword] = useState('');
  const asks = own && present;
  const failure = set.error ? failureOf(set.error) : null;
  const atBefore = failure?.field === 'own';
  return (
    <FormDialog
      title={own ? t('settings.users.own_password') : t('settings.users.password_for', { name: user.name })}
      yes={t('settings.users.set_password')}
      ready={password.length >= 8 && (!asks || before !== '')}
      busy={set.isPending}
      failure={failure && !atBefore && failure.field !== 'password' ? failure : null}
      onSubmit={() =>
        set.mutate(
          { id: user.id, password, ...(asks ? { own: before } : {}) },
          {
            onSuccess: () => {
              tell(t('settings.users.password_told', { name: user.name }));
              onClose();
            },
          },
        )
      }
      onClose={onClose}
    >
      {asks && <PasswordField label={t('settings.users.present')} value={before} onChange={setBefore} autoFocus error={atBefore ? failure.message : undefined} />}
      <PasswordField label={t('settings.users.password')} hint={t('settings.users.password_hint')} value={password} onChange={setPassword} chosen autoFocus={!asks} error={failure?.field === 'password' ? failure.message : undefined} />
    </FormDialog>
  );
}

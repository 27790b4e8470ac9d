import { Button, Field, Input } from '@fluentui/react-components';
import { Add16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { Answer, failureOf } from '../parts/Problem.tsx';
import { useCall, useDo } from '../query.ts';
import { useCan } from '../state/session.ts';
import { mayLeave, tell } from '../state/ui.ts';
import { useT } from '../t.ts';
import { RoleMatrix } from './RoleMatrix.tsx';
import { FormDialog } from './UserDialogs.tsx';
import type { RoleRow } from './rows.ts';

/** The roles, left; what the chosen one may do, right. */
export function Roles() {
  const t = useT();
  const can = useCan();
  const roles = useCall('role.list', { limit: 1000 });
  const users = useCall('user.list', { limit: 1000 });
  const [chosen, setChosen] = useState<number | null>(null);
  const [adding, setAdding] = useState(false);
  const count = (of: RoleRow): number => users.data?.rows.filter((one) => one.role_id === of.id && !one.disabled).length ?? 0;
  const choose = async (id: number): Promise<void> => {
    if (await mayLeave()) setChosen(id);
  };
  return (
    <>
      <header className="screen-head">
        <h1 className="h1">{t('settings.roles.title')}</h1>
        {can('user', 'write') && (
          <div className="row">
            <Button icon={<Add16Regular />} onClick={() => setAdding(true)}>
              {t('settings.roles.add')}
            </Button>
          </div>
        )}
        <p className="screen-text quiet">{t('settings.roles.text')}</p>
      </header>
      <Answer of={roles} rows={12}>
        {({ rows }) => {
          const role = rows.find((one) => one.id === chosen) ?? rows[0];
          return (
            <div className="split">
              <nav className="split-list" aria-label={t('settings.roles.title')}>
                <ul>
                  {rows.map((one) => (
                    <li key={one.id}>
                      <button type="button" className="choice" aria-current={one.id === role?.id ? 'true' : undefined} onClick={() => void choose(one.id)}>
                        <span className="cut grow">{one.name}</span>
                        {count(one) > 0 && (
                          <span className="quiet small tabular" title={t('settings.roles.users', { count: count(one) })}>
                            {count(one)}
                            <span className="unseen"> {t('settings.roles.users', { count: count(one) })}</span>
                          </span>
                        )}
                      </button>
                    </li>
                  ))}
                </ul>
              </nav>
              <div className="split-body">{role && <RoleMatrix key={role.id} role={role} users={count(role)} />}</div>
            </div>
          );
        }}
      </Answer>
      {adding && (
        <AddRole
          onClose={() => setAdding(false)}
          onAdded={(id) => {
            setAdding(false);
            setChosen(id);
          }}
        />
      )}
    </>
  );
}

function AddRole({ onClose, onAdded }: { readonly onClose: () => void; readonly onAdded: (id: number) => void }) {
  const t = useT();
  const create = useDo('role.create');
  const [name, setName] = useState('');
  const [about, setAbout] = useState('');
  return (
    <FormDialog
      title={t('settings.roles.add')}
      yes={t('common.add')}
      ready={name.trim() !== ''}
      busy={create.isPending}
      failure={create.error ? failureOf(create.error) : null}
      onClose={onClose}
      onSubmit={() =>
        create.mutate(
          { name: name.trim(), about },
          {
            onSuccess: ({ id }) => {
              tell(t('settings.roles.added', { name: name.trim() }));
              onAdded(id);
            },
          },
        )
      }
    >
      <Field label={t('settings.roles.add_name')} required>
        <Input value={name} maxLength={80} onChange={(_event, { value }) => setName(value)} />
      </Field>
      <Field label={t('settings.roles.add_about')}>
        <Input value={about} maxLength={500} onChange={(_event, { value }) => setAbout(value)} />
      </Field>
    </FormDialog>
  );
}

import { Button } from '@fluentui/react-components';
import { LockClosed20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { type Area, areas, areaWords, type Level, levels, type Rights, sensitivities, type Sensitivity, sensitivityWords } from '#contract/kit/access.ts';
import { Answer, failureOf, Problem } from '../parts/Problem.tsx';
import { useCall, useDo } from '../query.ts';
import { useCan } from '../state/session.ts';
import { tell } from '../state/ui.ts';
import { useT, words } from '../t.ts';
import { ReadOnly } from './ReadOnly.tsx';
import { useUnsaved } from './unsaved.ts';
import type { RoleRow } from './rows.ts';

/** What one role may do: a level for every area, and the sensitive fields it sees. */
export function RoleMatrix({ role, users }: { readonly role: RoleRow; readonly users: number }) {
  const t = useT();
  const rights = useCall('role.rights', { id: role.id });
  return (
    <div className="stack">
      <div className="row">
        <h2 className="h2">{role.name}</h2>
        <span className="tag">{t(role.preset === '' ? 'settings.roles.own' : 'settings.roles.preset')}</span>
        <span className="quiet">{users === 0 ? t('settings.roles.users_none') : t('settings.roles.users', { count: users })}</span>
      </div>
      {role.about && <p className="quiet">{role.about}</p>}
      <Answer of={rights} rows={11}>
        {(found) => <Matrix key={JSON.stringify(found)} role={role} given={found} />}
      </Answer>
    </div>
  );
}

function Matrix({ role, given }: { readonly role: RoleRow; readonly given: Rights }) {
  const t = useT();
  const can = useCan();
  const grant = useDo('role.grant');
  const [now, setNow] = useState(given);
  const isOwner = role.preset === 'owner';
  const may = can('user', 'approve') && !isOwner;
  const dirty = JSON.stringify(now) !== JSON.stringify(given);
  useUnsaved(`settings.role.${role.id}`, dirty ? role.name : null);

  const set = (area: Area, level: Level): void => setNow({ ...now, access: { ...now.access, [area]: level } });
  // In the order of the contract, so that putting a mark back makes the rights equal again.
  const see = (kind: Sensitivity, on: boolean): void => setNow({ ...now, sees: sensitivities.filter((one) => (one === kind ? on : now.sees.includes(one))) });
  const save = (): void => grant.mutate({ id: role.id, version: role.version, rights: now }, { onSuccess: () => tell(t('settings.roles.saved', { name: role.name })) });

  return (
    <form
      noValidate
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (dirty) save();
      }}
    >
      {isOwner ? (
        <p className="note">
          <LockClosed20Regular aria-hidden /> {t('settings.roles.owner')}
        </p>
      ) : (
        !may && <ReadOnly />
      )}
      <table className="table matrix" style={{ maxWidth: 680 }}>
        <thead>
          <tr>
            <th scope="col">{t('settings.roles.area')}</th>
            {levels.map((level) => (
              <th key={level} scope="col">
                {t(`settings.roles.level.${level}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {areas.map((area) => (
            <tr key={area}>
              <th scope="row">{words(areaWords[area])}</th>
              {levels.map((level) => (
                <td key={level}>
                  <input
                    type="radio"
                    name={`${role.id}-${area}`}
                    aria-label={t('settings.roles.cell', { area: words(areaWords[area]), level: t(`settings.roles.level.${level}`) })}
                    checked={now.access[area] === level}
                    disabled={!may}
                    onChange={() => set(area, level)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <fieldset className="sees">
        <legend className="h3">{t('settings.roles.sees')}</legend>
        <p className="quiet small">{t('settings.roles.sees_text')}</p>
        {sensitivities.map((kind) => (
          <label key={kind} className="check-line">
            <input type="checkbox" checked={now.sees.includes(kind)} disabled={!may} onChange={(event) => see(kind, event.target.checked)} />
            {words(sensitivityWords[kind])}
          </label>
        ))}
      </fieldset>
      {grant.error && <Problem failure={failureOf(grant.error)} />}
      {may && (
        <div className="row">
          <Button type="submit" appearance="primary" disabled={!dirty || grant.isPending}>
            {t('settings.roles.save')}
          </Button>
          {dirty && <Button onClick={() => setNow(given)}>{t('common.undo')}</Button>}
        </div>
      )}
    </form>
  );
}

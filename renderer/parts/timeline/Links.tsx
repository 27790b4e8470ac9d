import { Button, Combobox, Input, Link, Option, Tooltip } from '@fluentui/react-components';
import { DismissRegular, LinkAdd20Regular } from '@fluentui/react-icons';
import { useDeferredValue, useState } from 'react';
import { entities } from '#contract/calls.ts';
import type { Hit } from '#contract/company/search.ts';
import type { Linked } from '#contract/records/links.ts';
import { office } from '../../office.ts';
import { refresh, useCall } from '../../query.ts';
import { go, placeOf, tell, tellWrong } from '../../state/ui.ts';
import { useT, words } from '../../t.ts';
import { EntityIcon } from '../record/EntityIcon.tsx';
import { Answer, failureOf } from '../Problem.tsx';
import { usePaneStyles } from './styles.ts';

interface Of {
  readonly entity: string;
  readonly id: number;
}

const doing = async (work: () => Promise<unknown>): Promise<boolean> => {
  try {
    await work();
    refresh(['link']);
    return true;
  } catch (thrown) {
    tellWrong(failureOf(thrown).message);
    return false;
  }
};

/** What a record is linked to, seen from both sides. Files have a tab of their own. */
export function Links({ entity, id, without }: Of & { readonly without: string }) {
  const styles = usePaneStyles();
  const t = useT();
  const links = useCall('link.list', { entity, id });
  const [adding, setAdding] = useState(false);
  return (
    <>
      {adding ? <AddLink entity={entity} id={id} close={() => setAdding(false)} /> : <Button icon={<LinkAdd20Regular />} onClick={() => setAdding(true)}>{t('parts.timeline.linkAdd')}</Button>}
      <Answer of={links}>
        {(all) => {
          const shown = all.filter((one) => one.entity !== without);
          return shown.length === 0 ? <p className={styles.quiet}>{t('parts.timeline.linkEmpty')}</p> : shown.map((one) => <OneLink key={one.link_id} of={{ entity, id }} link={one} />);
        }}
      </Answer>
    </>
  );
}

export function OneLink({ of, link, open }: { readonly of: Of; readonly link: Linked; readonly open?: () => void }) {
  const styles = usePaneStyles();
  const t = useT();
  const definition = entities[link.entity];
  const remove = async (): Promise<void> => {
    if (!(await doing(() => office['link.remove']({ link_id: link.link_id })))) return;
    tell(t('parts.timeline.linkRemoved', { title: link.title }), async () => void (await doing(() => office['link.create']({ from: of, to: { entity: link.entity, id: link.id }, relation: link.relation }))));
  };
  const second = [...(open ? [] : [definition ? words(definition.label) : '', link.relation]), link.subtitle].filter((one) => one !== '').join(' · ');
  return (
    <div className={styles.row}>
      <EntityIcon entity={definition} />
      <div className={styles.grow}>
        <Link as="button" className={styles.cut} title={link.title} onClick={(event) => (open ? open() : void go(placeOf(link.entity, link.id), { beside: event.ctrlKey }))}>
          {link.title}
        </Link>
        {second !== '' && <div className={`${styles.quiet} ${styles.cut}`} title={second}>{second}</div>}
      </div>
      <Tooltip content={t('parts.timeline.linkRemove', { title: link.title })} relationship="label">
        <Button size="small" appearance="subtle" icon={<DismissRegular />} onClick={() => void remove()} />
      </Tooltip>
    </div>
  );
}

/** Finds any record and links it, with a word for how they belong together. */
function AddLink({ entity, id, close }: Of & { readonly close: () => void }) {
  const styles = usePaneStyles();
  const t = useT();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<Hit | null>(null);
  const [relation, setRelation] = useState('');
  const text = useDeferredValue(typed);
  const found = useCall('search.find', { text, limit: 12 }, { enabled: text.trim().length > 1 && chosen === null, keep: true });
  const hits = (found.data?.hits ?? []).filter((hit) => hit.entity !== entity || hit.id !== id);
  const save = async (): Promise<void> => {
    if (!chosen) return;
    if (!(await doing(() => office['link.create']({ from: { entity, id }, to: { entity: chosen.entity, id: chosen.id }, ...(relation.trim() === '' ? {} : { relation: relation.trim() }) })))) return;
    tell(t('parts.timeline.linked', { title: chosen.title }));
    close();
  };
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        void save();
      }}
    >
      <Combobox
        expandIcon={{ 'aria-label': t('common.open') }}
        aria-label={t('parts.timeline.linkFind')}
        placeholder={t('parts.timeline.linkFind')}
        freeform
        autoFocus
        value={chosen?.title ?? typed}
        selectedOptions={chosen ? [`${chosen.entity} ${chosen.id}`] : []}
        onChange={(event) => {
          setTyped(event.target.value);
          setChosen(null);
        }}
        onOptionSelect={(_event, data) => setChosen(hits.find((hit) => `${hit.entity} ${hit.id}` === data.optionValue) ?? null)}
      >
        {hits.map((hit) => (
          <Option key={`${hit.entity} ${hit.id}`} value={`${hit.entity} ${hit.id}`} text={hit.title}>
            <span className={styles.cut}>{hit.title}</span>
            <span className={styles.quiet}>{words(entities[hit.entity]?.label ?? { en: hit.entity, de: hit.entity })}</span>
          </Option>
        ))}
      </Combobox>
      <Input aria-label={t('parts.timeline.linkRelation')} placeholder={`${t('parts.timeline.linkRelation')}, ${t('parts.timeline.linkRelationHint')}`} value={relation} maxLength={60} onChange={(_event, data) => setRelation(data.value)} />
      <div className={styles.end}>
        <Button size="small" onClick={close}>{t('common.cancel')}</Button>
        <Button size="small" type="submit" appearance="primary" disabled={chosen === null}>{t('parts.timeline.linkAdd')}</Button>
      </div>
    </form>
  );
}

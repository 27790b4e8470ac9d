import { Button, Tab, TabList } from '@fluentui/react-components';
import { Open16Regular } from '@fluentui/react-icons';
import { type ReactNode, useState } from 'react';
import { entities } from '#contract/calls.ts';
import type { AnyRow } from '#contract/kit/entity.ts';
import { useAsk } from '../../query.ts';
import { go, placeOf } from '../../state/ui.ts';
import { useT } from '../../t.ts';
import { Answer } from '../Problem.tsx';
import { Links } from './Links.tsx';
import { Notes } from './Notes.tsx';
import { usePaneStyles } from './styles.ts';
import { Timeline } from './Timeline.tsx';
import { Values } from './Values.tsx';

const tabs = ['timeline', 'notes', 'links'] as const;
type PaneTab = (typeof tabs)[number] | 'details';

/** A further tab of the pane, such as files. */
export interface MoreTab {
  readonly key: string;
  readonly label: string;
  readonly content: ReactNode;
}

interface RecordPaneProps {
  readonly entity: string;
  readonly id: number;
  /** Beside a list or another record: its values stand first, with a way to open it. */
  readonly peek?: boolean;
  readonly more?: readonly MoreTab[];
  /** Kind of record whose links have a tab of their own. */
  readonly linksWithout?: string;
}

const none: readonly MoreTab[] = [];

/** What is in the right pane for a record: what happened to it, notes, links and what the screen adds. */
export function RecordPane({ entity, id, peek = false, more = none, linksWithout = '' }: RecordPaneProps) {
  const styles = usePaneStyles();
  const t = useT();
  const [chosen, setChosen] = useState('');
  const shown: readonly PaneTab[] = peek ? ['details', ...tabs] : tabs;
  const extra = more.find((one) => one.key === chosen);
  const tab = shown.find((one) => one === chosen) ?? (peek ? 'details' : 'timeline');
  if (!entities[entity]) return null;
  return (
    <div className={styles.pane}>
      <TabList size="small" className={styles.tabs} selectedValue={extra?.key ?? tab} onTabSelect={(_event, data) => setChosen(String(data.value))}>
        {shown.map((one) => (
          <Tab key={one} value={one}>{t(`parts.timeline.${one}`)}</Tab>
        ))}
        {more.map((one) => (
          <Tab key={one.key} value={one.key}>{one.label}</Tab>
        ))}
      </TabList>
      <div className={styles.body} role="tabpanel" tabIndex={0} aria-label={extra?.label ?? t(`parts.timeline.${tab}`)}>
        {extra?.content}
        {!extra && tab === 'details' && <Peek entity={entity} id={id} />}
        {!extra && tab === 'timeline' && <Timeline key={`${entity} ${id}`} entity={entity} id={id} />}
        {!extra && tab === 'notes' && <Notes key={`${entity} ${id}`} entity={entity} id={id} />}
        {!extra && tab === 'links' && <Links key={`${entity} ${id}`} entity={entity} id={id} without={linksWithout} />}
      </div>
    </div>
  );
}

function Peek({ entity, id }: { readonly entity: string; readonly id: number }) {
  const styles = usePaneStyles();
  const t = useT();
  const definition = entities[entity];
  const query = useAsk<AnyRow>(`${entity}.get`, { id }, { keep: true });
  if (!definition) return null;
  return (
    <Answer of={query}>
      {(row) => (
        <>
          <div className={styles.row}>
            <Button icon={<Open16Regular />} onClick={() => void go(placeOf(entity, id))}>{t('parts.record.openIt')}</Button>
            {row.archived && <span className={styles.quiet}>{t('parts.record.archived')}</span>}
          </div>
          <Values entity={definition} row={row} />
        </>
      )}
    </Answer>
  );
}

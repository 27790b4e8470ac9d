import { makeStyles, Tab, TabList } from '@fluentui/react-components';
import type { Filter } from '#contract/kit/schema.ts';
import { EntityList } from '../../parts/list/EntityList.tsx';
import { asking, useListState } from '../../parts/list/state.ts';
import { useRights } from '../../parts/record/rights.ts';
import { entityOf } from '../../records/entity.ts';
import { useT } from '../../t.ts';
import { newEntry } from './useEntryActions.ts';

const useStyles = makeStyles({ tabs: { flexShrink: 0, marginLeft: '4px', '& .fui-Tab': { paddingTop: '4px', paddingBottom: '6px', whiteSpace: 'nowrap' } } });

const states = { all: '', drafts: 'draft', posted: 'posted', reversed: 'reversed' } as const;
const views = ['all', 'drafts', 'posted', 'reversed'] as const;
type EntryView = (typeof views)[number];
const isView = (value: unknown): value is EntryView => views.some((one) => one === value);

const ofState = ({ field, is }: Filter): boolean => field === 'state' && is === 'equals';

/** All entries, or the drafts, the posted and the reversed ones. */
export function EntryList() {
  const styles = useStyles();
  const t = useT();
  const { may } = useRights();
  const [state, change] = useListState('entry');
  const now = state.filters.find(ofState)?.value;
  const view = views.find((one) => one !== 'all' && states[one] === now) ?? 'all';
  const choose = (next: EntryView): void => {
    const rest = state.filters.filter((filter) => !ofState(filter));
    change(asking({ filters: next === 'all' ? rest : [{ field: 'state', is: 'equals', value: states[next] }, ...rest] }));
  };
  return (
    <EntityList
      entity={entityOf('entry')}
      creatable={may('entry', 'write')}
      create={() => void newEntry()}
      extra={
        <TabList size="small" className={styles.tabs} selectedValue={view} onTabSelect={(_event, data) => isView(data.value) && choose(data.value)}>
          {views.map((one) => (
            <Tab key={one} value={one}>{t(`budgets.entry.${one}`)}</Tab>
          ))}
        </TabList>
      }
    />
  );
}

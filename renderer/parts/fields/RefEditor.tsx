import { Combobox, makeStyles, mergeClasses, Option, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { type KeyboardEvent, useContext, useDeferredValue, useState } from 'react';
import { entities } from '#contract/calls.ts';
import type { Named } from '#contract/kit/call.ts';
import { useAsk, useCall } from '../../query.ts';
import { useT, words } from '../../t.ts';
import { besideTitle, offers } from '../record/asked.ts';
import { useRights } from '../record/rights.ts';
import { useFieldStyles } from './styles.ts';
import { type EditorProps, named, QuickCreateContext } from './types.ts';

const useStyles = makeStyles({
  option: { display: 'flex', gap: '8px', minWidth: 0 },
  subtitle: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  list: { maxHeight: '320px' },
});

const creating = 'create';
const offered = 20;

/** Another record: type any part of its title, choose with the arrows, F4 opens the list; makes a new one where that is allowed. */
export function RefEditor(props: EditorProps) {
  const styles = useFieldStyles();
  const own = useStyles();
  const t = useT();
  const rights = useRights();
  const quick = useContext(QuickCreateContext);
  const { field, value, change, tell, cell, autoFocus } = props;
  const to = field.to ?? '';
  const target = entities[to];
  const id = typeof value === 'number' ? value : null;
  const readable = target !== undefined && rights.may(target.area, 'read');
  const [typed, setTyped] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const text = useDeferredValue(typed ?? '');
  const chosen = useAsk<readonly Named[]>(`${to}.names`, { ids: id === null ? [] : [id] }, { enabled: readable && id !== null });
  const begun = useAsk<readonly Named[]>(`${to}.names`, text === '' ? { limit: offered } : { text, limit: offered }, { enabled: readable && open, keep: true });
  const wanted = text.trim() !== '' && begun.data !== undefined && begun.data.length < offered;
  const other = useCall('search.find', { text, entity: to, limit: offered }, { enabled: readable && open && wanted });
  const found = begun.data && offers(begun.data, wanted ? (other.data?.hits ?? []) : [], offered);
  const title = id === null ? '' : (chosen.data?.[0]?.title ?? '');
  const mayCreate = quick !== null && target !== undefined && rights.makes(target) && typed !== null && typed.trim() !== '';
  const settle = (next: number | null): void => {
    setTyped(null);
    setOpen(false);
    tell(null);
    change(next);
  };
  const createOne = async (): Promise<void> => {
    setOpen(false);
    const made = await quick?.(to, (typed ?? '').trim());
    if (made) settle(made.id);
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.key === 'F4') {
      event.preventDefault();
      event.stopPropagation();
      setOpen(!open);
    }
    if (event.key === 'Escape' && open) event.stopPropagation();
  };
  const leave = (): void => {
    if (typed === null) return;
    // A text that names exactly one record means it; an empty one takes the reference away.
    const only = found?.filter((one) => one.title.toLowerCase() === typed.trim().toLowerCase()) ?? [];
    if (typed.trim() === '') settle(null);
    else if (only.length === 1 && only[0]) settle(only[0].id);
    else setTyped(null);
  };
  return (
    <Combobox
        expandIcon={{ 'aria-label': t('common.open') }}
      {...named(props)}
      className={mergeClasses(styles.input, cell && styles.cell)}
      freeform
      open={open}
      autoFocus={autoFocus === true}
      value={typed ?? title}
      placeholder={props.placeholder ?? ''}
      selectedOptions={id === null ? [] : [String(id)]}
      listbox={{ className: own.list }}
      disabled={!readable}
      onOpenChange={(_event, data) => setOpen(data.open)}
      onChange={(event) => {
        setTyped(event.target.value);
        setOpen(true);
      }}
      onOptionSelect={(_event, data) => (data.optionValue === creating ? void createOne() : data.optionValue ? settle(Number(data.optionValue)) : undefined)}
      onKeyDown={pressed}
      onBlur={leave}
    >
      {(found ?? []).map((one) => (
        <Option key={one.id} value={String(one.id)} text={one.title}>
          <span className={own.option}>
            <span>{one.title}</span>
            <span className={own.subtitle}>{besideTitle(one.title, one.subtitle)}</span>
          </span>
        </Option>
      ))}
      {found?.length === 0 && !other.isFetching && !mayCreate && (
        <Option key="nothing" value="" text="" disabled>{t('parts.fields.nothing')}</Option>
      )}
      {mayCreate && target && (
        <Option key={creating} value={creating} text={typed ?? ''}>
          <AddRegular /> {t('parts.fields.createNamed', { what: words(target.label), text: typed?.trim() ?? '' })}
        </Option>
      )}
    </Combobox>
  );
}

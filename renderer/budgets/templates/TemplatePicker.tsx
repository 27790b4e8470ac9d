import { Dialog, DialogSurface } from '@fluentui/react-components';
import { DocumentCopy20Regular, Search20Regular } from '@fluentui/react-icons';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { shown } from '../../commands.ts';
import { office } from '../../office.ts';
import { failureOf } from '../../parts/Problem.tsx';
import { match } from '../../parts/match.ts';
import { useCall } from '../../query.ts';
import { language, useT } from '../../t.ts';
import { readAmount } from '../entry/model.ts';
import { useWays } from '../entry/useWays.ts';
import { closePicking, dayWanted, give, usePicking } from './picking.ts';

/** Stands once in the frame; drawn while it is open. */
export function TemplatePicker() {
  const open = usePicking((state) => state.open);
  return open ? <Picker /> : null;
}

interface Chosen {
  readonly id: number;
  readonly name: string;
}

/** Finds a template while one types; where it shares out an amount, that is asked next. */
function Picker() {
  const t = useT();
  const ways = useWays();
  const listId = useId();
  const box = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [asking, setAsking] = useState<Chosen | null>(null);
  const [amount, setAmount] = useState('');
  const [wrong, setWrong] = useState('');
  const { data } = useCall('entry_template.list', { limit: 1000 });
  const found = useMemo(() => {
    const rows = (data?.rows ?? []).map((row) => ({ row, score: text.trim() === '' ? 1 : Math.max(match(text, row.name), match(text, row.code) * 2, match(text, row.narration) / 2) }));
    return rows.filter((one) => one.score > 0).sort((a, b) => b.score - a.score).map((one) => one.row);
  }, [data, text]);
  const current = Math.min(at, Math.max(0, found.length - 1));
  useEffect(() => {
    box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [current, found]);

  const fill = async (one: Chosen, minor?: number): Promise<void> => {
    try {
      const filled = await office['entry_template.fill']({ id: one.id, day: dayWanted(), ...(minor === undefined ? {} : { amount: minor }) });
      if (filled.asks && minor === undefined) return setAsking({ id: one.id, name: filled.template.name });
      closePicking();
      // After the dialog has given the focus back.
      setTimeout(() => void give(filled), 0);
    } catch (thrown) {
      setWrong(failureOf(thrown).message);
    }
  };
  // One that is chosen already is filled in, or asks for its amount, at once.
  const given = usePicking((state) => state.id);
  const begun = useRef(false);
  useEffect(() => {
    if (given === null || begun.current) return;
    begun.current = true;
    void fill({ id: given, name: '' });
  });

  const chosenKey = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step !== undefined) setAt(Math.max(0, Math.min(found.length - 1, current + step)));
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      const one = found[current];
      if (one) void fill(one);
    } else return;
    event.preventDefault();
  };
  const amountKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') setAsking(null);
    else if (event.key === 'Enter' && asking) {
      const read = readAmount(amount, ways);
      if (typeof read.value === 'number' && read.value > 0) void fill(asking, read.value);
      else setWrong(read.problem ?? t('budgets.entry.required'));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Dialog open modalType="modal" onOpenChange={(_event, data_) => !data_.open && closePicking()}>
      <DialogSurface className="palette" aria-label={t('budgets.templates.use')} backdrop={{ appearance: 'dimmed' }}>
        {asking ? (
          <>
            <div className="palette-input">
              <DocumentCopy20Regular aria-hidden />
              <input key="amount" type="text" autoFocus aria-label={t('budgets.templates.amountOf', { name: asking.name })} placeholder={t('budgets.templates.amountOf', { name: asking.name })} autoComplete="off" maxLength={60} value={amount} onChange={(event) => setAmount(event.target.value)} onKeyDown={amountKey} />
              <span className="quiet">{ways.base}</span>
            </div>
            <div className="palette-foot small quiet">
              {wrong === '' ? <span role="status">{t('budgets.templates.askedHint')}</span> : <span role="alert" className="wrong">{wrong}</span>}
            </div>
          </>
        ) : (
          <>
            <div className="palette-input">
              <Search20Regular aria-hidden />
              <input key="find" type="text" autoFocus role="combobox" aria-label={t('budgets.templates.find')} aria-expanded={found.length > 0} aria-controls={listId} aria-autocomplete="list" aria-activedescendant={found.length > 0 ? `${listId}-${current}` : undefined} placeholder={t('budgets.templates.find')} autoComplete="off" spellCheck={false} maxLength={200} value={text} onChange={(event) => { setText(event.target.value); setAt(0); }} onKeyDown={chosenKey} />
            </div>
            <div className="palette-body">
              <div id={listId} role="listbox" className="palette-list" ref={box} hidden={found.length === 0} aria-label={t('budgets.templates.use')}>
                {found.map((row, index) => (
                  <div key={row.id} id={`${listId}-${index}`} role="option" tabIndex={-1} aria-selected={index === current} className="palette-item" onMouseMove={() => setAt(index)} onClick={() => void fill(row)} onKeyDown={chosenKey}>
                    <DocumentCopy20Regular aria-hidden />
                    <span className="cut grow">{row.name}</span>
                    <span className="quiet cut">{[row.code, row.narration].filter((part) => part !== '').join(' · ')}</span>
                  </div>
                ))}
              </div>
              {data && found.length === 0 && <p className="palette-group">{data.rows.length === 0 ? t('budgets.templates.empty') : t('budgets.templates.none', { text: text.trim() })}</p>}
            </div>
            <div className="palette-foot small quiet">
              {wrong !== '' && <span role="alert" className="wrong">{wrong}</span>}
              <span className="end"><kbd>↑</kbd> <kbd>↓</kbd> {t('frame.palette.move')}</span>
              <span><kbd>{shown('Enter', language())}</kbd> {t('frame.palette.enter')}</span>
              <span><kbd>Esc</kbd> {t('frame.palette.close')}</span>
            </div>
          </>
        )}
      </DialogSurface>
    </Dialog>
  );
}

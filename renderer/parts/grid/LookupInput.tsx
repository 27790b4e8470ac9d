import { Input } from '@fluentui/react-components';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { useFieldStyles } from '../fields/styles.ts';
import { chosen, type Found, type Lookup } from './columns.ts';
import { LookupList } from './LookupList.tsx';
import { useOffers } from './useOffers.ts';

/** What was typed, and what it means once that is known. */
export interface Looked {
  readonly text: string;
  readonly id: number | null;
}

export const nobody: Looked = { text: '', id: null };

/** What a typed text means where nothing was chosen: the likeliest. Null where there is none. */
export async function resolved(looked: Looked, lookup: Lookup): Promise<Looked | null> {
  if (looked.id !== null || looked.text.trim() === '') return looked.id === null ? null : looked;
  const [first] = await lookup.find(looked.text.trim());
  return first ? asLooked(first) : null;
}

const asLooked = (found: Found): Looked => ({ text: chosen(found).text, id: found.id });

interface LookupInputProps {
  readonly id: string;
  readonly lookup: Lookup;
  readonly value: Looked;
  readonly change: (value: Looked) => void;
  readonly label: string;
  readonly autoFocus?: boolean;
  /** It has no label of its own beside it: `label` names it. */
  readonly named?: boolean;
  /** Shown while nothing is chosen: what holds then. */
  readonly placeholder?: string;
  /** Why what stands there will not do. */
  readonly problem?: string | undefined;
}

/** A lookup outside a grid: it completes while one types; Tab and Enter take what stands marked, F4 shows all. */
export function LookupInput({ id, lookup, value, change, label, autoFocus = false, named = false, placeholder = '', problem }: LookupInputProps) {
  const field = useFieldStyles();
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const [asked, setAsked] = useState(false);
  const [typing, setTyping] = useState(false);
  const [mark, setMark] = useState({ text: '', at: 0 });
  const wanted = asked ? (typing ? value.text.trim() : '') : typing && value.text.trim() !== '' ? value.text.trim() : null;
  const offers = useOffers(lookup, wanted);
  const open = wanted !== null && offers !== null;
  const at = mark.text === (offers?.text ?? '') ? mark.at : 0;
  const end = (found?: Found): void => {
    setAsked(false);
    setTyping(false);
    if (found) change(asLooked(found));
  };
  const marked = (): Found | undefined => (open && offers.text === wanted ? offers.found[at] : undefined);
  const pressed = (event: KeyboardEvent): void => {
    if (event.key === 'F4' || (event.altKey && event.key === 'ArrowDown')) setAsked(!open);
    else if (event.key === 'Tab') return end(marked());
    else if (!open) return undefined;
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') setMark({ text: offers.text, at: Math.max(0, Math.min(offers.found.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1))) });
    else if (event.key === 'Enter' && !event.ctrlKey) end(marked());
    else if (event.key === 'Escape') end();
    else return undefined;
    event.preventDefault();
    event.stopPropagation();
    return undefined;
  };
  return (
    <>
      <Input
        id={id}
        className={field.input}
        input={{ ref: input, role: 'combobox', 'aria-expanded': open, 'aria-autocomplete': 'list', 'aria-controls': open ? listId : undefined, 'aria-activedescendant': open && offers.found.length > 0 ? `${listId}-${at}` : undefined }}
        value={value.text}
        maxLength={200}
        placeholder={placeholder}
        {...(named ? { 'aria-label': label } : {})}
        aria-invalid={problem !== undefined}
        title={problem}
        autoFocus={autoFocus}
        autoComplete="off"
        spellCheck={false}
        onChange={(_event, data) => {
          setTyping(true);
          change({ text: data.value, id: null });
        }}
        onFocus={(event) => event.target.select()}
        onBlur={() => end(typing ? marked() : undefined)}
        onKeyDown={pressed}
      />
      {open && <LookupList id={listId} found={offers.found} at={at} take={end} input={input} label={label} />}
    </>
  );
}

import { type ClipboardEvent, type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import { fromTsv } from '../list/tsv.ts';
import type { Found, GridColumn } from './columns.ts';
import { LookupList } from './LookupList.tsx';
import { moved } from './moving.ts';
import type { Cell } from './sheet.ts';
import { useLineStyles } from './styles.ts';
import { useOffers } from './useOffers.ts';
import type { LineGridWork } from './useLineGrid.ts';

interface CellInputProps {
  readonly column: GridColumn;
  readonly cell: Cell;
  readonly work: LineGridWork;
  readonly rows: number;
  readonly cols: number;
  /** Shown where nothing stands: what = would fill in. */
  readonly ghost: string;
  readonly label: string;
  readonly problem: string | undefined;
}

/** The cell that one is in: letters replace what stands there, F2 changes it, and keys lead on as in a spreadsheet. */
export function CellInput({ column, cell, work, rows, cols, ghost, label, problem }: CellInputProps) {
  const styles = useLineStyles();
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const { active, typing } = work;
  // Which cell the list is asked open in, and which offer stands marked for which text.
  const [focused, setFocused] = useState(false);
  const [asked, setAsked] = useState(false);
  const [mark, setMark] = useState({ text: '', at: 0 });
  const { lookup } = column;
  const wanted = lookup && (asked || (typing && cell.text.trim() !== '')) ? (typing ? cell.text.trim() : '') : null;
  const offers = useOffers(lookup, wanted);
  const open = wanted !== null && offers !== null;
  const answers = open && offers.text === wanted;
  const at = mark.text === (offers?.text ?? '') ? mark.at : 0;

  useLayoutEffect(() => {
    if (!work.takeFocus()) return;
    const here = input.current;
    here?.focus({ preventScroll: true });
    here?.select();
    here?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [active, work]);

  /** Ends what is typed; a list that was only asked for is taken from when `by` says that it was meant. */
  const leave = (by: 'Enter' | 'Tab' | 'other'): void => {
    setAsked(false);
    const shown = open ? offers.found[at] : undefined;
    if (typing) return work.end(answers ? (offers.found[at] ?? 'none') : undefined);
    if (asked && shown && (by === 'Enter' || (by === 'Tab' && at > 0))) {
      work.type(shown.name);
      work.end(shown);
    }
    return undefined;
  };
  const take = (found: Found): void => {
    setAsked(false);
    if (!typing) work.type(found.name);
    work.end(found);
    input.current?.focus();
    requestAnimationFrame(() => input.current?.select());
  };
  const stop = (event: KeyboardEvent): void => {
    event.preventDefault();
    event.stopPropagation();
  };

  /** Keys that do something with the line or the cell. */
  const did = (event: KeyboardEvent<HTMLInputElement>): boolean => {
    const ctrl = event.ctrlKey || event.metaKey;
    const missing = work.missing();
    if (ctrl && event.key === 'Delete') work.removeLine();
    else if (ctrl && event.key === 'Insert') work.insertLine();
    else if (ctrl && !event.shiftKey && event.key.toLowerCase() === 'd') work.copyAbove();
    else if (ctrl && event.key.toLowerCase() === 'z') return typing ? work.cancel() === undefined : work.undo(event.shiftKey ? 'redo' : 'undo');
    else if (ctrl && event.key.toLowerCase() === 'y') return work.undo('redo');
    else if (ctrl || event.altKey) return false;
    else if (event.key === 'F2') input.current?.setSelectionRange(cell.text.length, cell.text.length);
    else if (event.key === '=' && !typing && missing !== null) work.put(missing);
    else if (event.key === 'F4' && column.figures) {
      if (missing !== null) work.put(missing);
    } else if (event.key === 'Delete' && !typing && selected()) work.clear();
    else return false;
    return true;
  };
  const selected = (): boolean => {
    const here = input.current;
    return here !== null && here.selectionStart === 0 && here.selectionEnd === here.value.length;
  };
  const inList = (event: KeyboardEvent): boolean => {
    if (lookup && (event.key === 'F4' || (event.altKey && event.key === 'ArrowDown'))) setAsked(!open);
    else if (!open) return false;
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const most = offers.found.length - 1;
      setMark({ text: offers.text, at: Math.max(0, Math.min(most, at + (event.key === 'ArrowDown' ? 1 : -1))) });
    } else if (event.key === 'Escape') {
      setAsked(false);
      work.cancel();
    } else return false;
    return true;
  };
  const pressed = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    if (inList(event) || did(event)) return stop(event);
    const ctrl = event.ctrlKey || event.metaKey;
    if (event.key === 'Escape' && typing) {
      work.cancel();
      return stop(event);
    }
    if (event.key === 'Tab' || (event.key === 'Enter' && !ctrl)) {
      leave(event.key);
      // Out of the grid the browser leads on; Enter stays where it is.
      if (work.step(event.shiftKey ? -1 : 1) || event.key === 'Enter') stop(event);
      return undefined;
    }
    if (event.altKey || event.shiftKey) return undefined;
    const led = moved(event.key, ctrl, active, { rows, cols, page: 12 }, !selected());
    if (!led) return undefined;
    leave('other');
    work.follow(led);
    return stop(event);
  };
  const pasted = (event: ClipboardEvent): void => {
    const text = event.clipboardData.getData('text/plain').replace(/(\r?\n)+$/, '');
    if (!/[\t\n]/.test(text)) return;
    event.preventDefault();
    work.paste(fromTsv(text));
  };
  return (
    <>
      <input
        ref={input}
        className={styles.input}
        value={cell.text}
        maxLength={column.max ?? 200}
        placeholder={ghost}
        aria-label={label}
        aria-invalid={problem !== undefined && !typing}
        {...(problem !== undefined && !typing ? { title: problem } : {})}
        {...(lookup ? { role: 'combobox', 'aria-expanded': open, 'aria-autocomplete': 'list', 'aria-controls': open ? listId : undefined, 'aria-activedescendant': open && offers.found.length > 0 ? `${listId}-${at}` : undefined } : {})}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => work.type(event.target.value)}
        onFocus={(event) => {
          setFocused(true);
          event.target.select();
        }}
        onBlur={() => {
          leave('other');
          setFocused(false);
        }}
        onKeyDown={pressed}
        onPaste={pasted}
      />
      {open && focused && <LookupList id={listId} found={offers.found} at={at} take={take} input={input} label={column.label} />}
    </>
  );
}

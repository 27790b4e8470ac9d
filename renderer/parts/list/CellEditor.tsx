import { type FocusEvent, type KeyboardEvent, useRef, useState } from 'react';
import type { Field } from '#contract/kit/field.ts';
import { words } from '../../t.ts';
import { Editor } from '../fields/Editor.tsx';

export type Leave = 'down' | 'right' | 'left' | 'stay';

interface CellEditorProps {
  readonly field: Field;
  readonly value: unknown;
  readonly currency: string;
  readonly commit: (value: unknown, leave: Leave) => void;
  readonly cancel: () => void;
}

/** Surfaces that an editor opens beside itself; the focus going there does not end the editing. */
const ownSurfaces = '.fui-PopoverSurface, [role="listbox"], [role="dialog"], [role="alertdialog"]';

/** A field's editor inside its cell: Enter and Tab keep the value and go on, Esc leaves it as it was. */
export function CellEditor({ field, value, currency, commit, cancel }: CellEditorProps) {
  const [now, setNow] = useState(value);
  // Read by the keys in the same event that set it, before React has drawn.
  const latest = useRef(value);
  const problem = useRef<string | null>(null);
  const ended = useRef(false);
  const end = (leave: Leave): void => {
    if (ended.current || problem.current !== null) return;
    ended.current = true;
    commit(latest.current, leave);
  };
  const pressed = (event: KeyboardEvent<HTMLDivElement>): void => {
    event.stopPropagation();
    if (!(event.target instanceof HTMLElement) || !event.currentTarget.contains(event.target)) return;
    const open = event.target.getAttribute('aria-expanded') === 'true';
    if (event.key === 'Escape' && !open) {
      ended.current = true;
      event.preventDefault();
      cancel();
    } else if (event.key === 'Enter' && !(open && field.kind === 'choices')) {
      event.preventDefault();
      end('down');
    } else if (event.key === 'Tab') {
      event.preventDefault();
      end(event.shiftKey ? 'left' : 'right');
    }
  };
  const left = (event: FocusEvent<HTMLDivElement>): void => {
    const to = event.relatedTarget;
    if (to instanceof Element && (event.currentTarget.contains(to) || to.closest(ownSurfaces))) return;
    if (problem.current === null) end('stay');
    else if (!ended.current) cancel();
  };
  return (
    // The keys of the grid do not reach in here, and those in here do not reach the grid.
    <div style={{ height: '100%' }} onKeyDown={pressed} onBlur={left} onMouseDown={(event) => event.stopPropagation()} role="presentation">
      <Editor
        field={field}
        value={now}
        currency={currency}
        label={words(field.label)}
        autoFocus
        cell
        tell={(message) => {
          problem.current = message;
        }}
        change={(next) => {
          latest.current = next;
          setNow(next);
        }}
      />
    </div>
  );
}

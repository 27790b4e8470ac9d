import { Dialog, DialogSurface, Spinner } from '@fluentui/react-components';
import { Search20Regular } from '@fluentui/react-icons';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { shown } from '../commands.ts';
import { showPalette, useUi } from '../state/ui.ts';
import { language, useT } from '../t.ts';
import { useLong } from './Loading.tsx';
import { list } from './format.ts';
import { type Choice, type Group, useChoices } from './paletteChoices.ts';

/** Ctrl+K: finds any record, place, action or setting. A combobox with its list, grouped; the focus never leaves the input. */
export function Palette() {
  const shownNow = useUi((ui) => ui.palette);
  if (!shownNow) return null;
  return <Open />;
}

function Open() {
  const t = useT();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const listId = useId();
  const box = useRef<HTMLDivElement>(null);
  const { groups, corrected, waiting } = useChoices(text);
  const flat = useMemo(() => groups.flatMap((group) => group.choices), [groups]);
  const current = Math.min(at, Math.max(0, flat.length - 1));
  const long = useLong(waiting);

  useEffect(() => {
    box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [current, flat]);

  const take = (choice: Choice | undefined, beside: boolean): void => {
    if (!choice) return;
    showPalette(false);
    // After the dialog has given the focus back, so that what opens can take it.
    setTimeout(() => choice.run(beside), 0);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const ends = Math.abs(step) > 1;
      const next = current + step;
      setAt(ends ? Math.max(0, Math.min(flat.length - 1, next)) : (next + flat.length) % Math.max(1, flat.length));
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      take(flat[current], event.ctrlKey);
    }
  };

  return (
    <Dialog open modalType="modal" onOpenChange={(_event, data) => !data.open && showPalette(false)}>
      <DialogSurface className="palette" aria-label={t('frame.palette.label')} backdrop={{ appearance: 'dimmed' }}>
        <div className="palette-input">
          <Search20Regular aria-hidden />
          <input
            type="text"
            role="combobox"
            aria-label={t('frame.palette.label')}
            aria-expanded={flat.length > 0}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={flat.length > 0 ? `${listId}-${current}` : undefined}
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            placeholder={t('frame.palette.placeholder')}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setAt(0);
            }}
            onKeyDown={onKeyDown}
          />
          {long && <Spinner size="extra-tiny" />}
        </div>
        <div className="palette-body">
          {corrected.length > 0 && <p className="palette-group palette-corrected">{t('frame.palette.corrected', { words: list(corrected) })}</p>}
          <div id={listId} role="listbox" className="palette-list" ref={box} hidden={flat.length === 0} aria-label={t('frame.palette.label')}>
            {numbered(groups).map(({ group, from }) => (
              <div key={group.id} role="group" aria-labelledby={`${listId}-${group.id}`}>
                <div className="palette-group" id={`${listId}-${group.id}`} role="presentation">
                  {group.label}
                </div>
                {group.choices.map((choice, at_) => (
                  <Line
                    key={choice.id}
                    id={`${listId}-${from + at_}`}
                    choice={choice}
                    selected={from + at_ === current}
                    onPoint={() => setAt(from + at_)}
                    onTake={(beside) => take(choice, beside)}
                  />
                ))}
              </div>
            ))}
          </div>
          {flat.length === 0 && !waiting && text.trim() !== '' && (
            <div className="empty">
              <p className="strong">{t('frame.palette.nothing', { text: text.trim() })}</p>
              <p className="quiet">{t('frame.palette.nothing_hint')}</p>
            </div>
          )}
        </div>
        <div className="palette-foot small quiet">
          <span role="status">{text.trim() === '' ? '' : t('frame.palette.found', { count: flat.length })}</span>
          <span className="end">
            <kbd>↑</kbd> <kbd>↓</kbd> {t('frame.palette.move')}
          </span>
          <span>
            <kbd>{shown('Enter', language())}</kbd> {t('frame.palette.enter')}
          </span>
          <span>
            <kbd>{shown('$mod+Enter', language())}</kbd> {t('frame.palette.beside')}
          </span>
          <span>
            <kbd>Esc</kbd> {t('frame.palette.close')}
          </span>
        </div>
      </DialogSurface>
    </Dialog>
  );
}

/** Lines are counted through all groups: the arrow keys do not stop at a heading. */
const numbered = (groups: readonly Group[]): readonly { readonly group: Group; readonly from: number }[] =>
  groups.map((group, at) => ({ group, from: groups.slice(0, at).reduce((sum, before) => sum + before.choices.length, 0) }));

interface LineProps {
  readonly id: string;
  readonly choice: Choice;
  readonly selected: boolean;
  readonly onPoint: () => void;
  readonly onTake: (beside: boolean) => void;
}

/** The keyboard is with the input; the pointer may click a line as well. */
function Line({ id, choice, selected, onPoint, onTake }: LineProps) {
  const Icon = choice.icon;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div id={id} role="option" aria-selected={selected} className="palette-item" onPointerMove={selected ? undefined : onPoint} onClick={(event) => onTake(event.ctrlKey)}>
      <Icon aria-hidden />
      <span className="cut" style={{ flexShrink: 0, maxWidth: '60%' }}>
        {choice.label}
      </span>
      {choice.detail && <span className="cut quiet grow">{marked(choice.detail)}</span>}
      {choice.keys && <kbd className="end">{shown(choice.keys, language())}</kbd>}
      {choice.note && <span className={`quiet small ${choice.keys ? '' : 'end'}`}>{choice.note}</span>}
    </div>
  );
}

/** The office puts what was found between « and ». */
const marked = (text: string) => text.split(/(«[^»]*»)/).map((part, at) => (part.startsWith('«') ? <mark key={at}>{part.slice(1, -1)}</mark> : part));

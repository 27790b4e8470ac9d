import { mergeClasses } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useT } from '../../t.ts';
import { useFieldStyles } from './styles.ts';
import { type EditorProps, named } from './types.ts';

/** Free words: Enter, comma or leaving adds one, Backspace in the empty input takes the last away. */
export function TagsEditor(props: EditorProps) {
  const styles = useFieldStyles();
  const t = useT();
  const { value, change, autoFocus } = props;
  const [typed, setTyped] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const tags = Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
  const add = (): boolean => {
    const more = typed.split(/[,;]/).map((one) => one.trim()).filter((one) => one !== '' && !tags.includes(one));
    setTyped('');
    if (more.length > 0) change([...tags, ...new Set(more)]);
    return more.length > 0;
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.key === 'Backspace' && typed === '' && tags.length > 0) change(tags.slice(0, -1));
    if ((event.key === 'Enter' && !event.ctrlKey) || event.key === ',' || event.key === ';') {
      if (typed.trim() === '') return;
      event.preventDefault();
      event.stopPropagation();
      add();
    }
  };
  return (
    <div className={mergeClasses(styles.tags)}>
      {tags.map((tag) => (
        <span key={tag} className={styles.tag}>
          {tag}
          <button
            type="button"
            tabIndex={-1}
            className={styles.tagButton}
            aria-label={t('parts.fields.removeTag', { tag })}
            onClick={() => {
              change(tags.filter((one) => one !== tag));
              input.current?.focus();
            }}
          >
            <DismissRegular fontSize={12} />
          </button>
        </span>
      ))}
      <input {...named(props)} ref={input} value={typed} placeholder={tags.length === 0 ? (props.placeholder ?? '') : ''} maxLength={50} autoComplete="off" autoFocus={autoFocus === true} onChange={(event) => setTyped(event.target.value)} onKeyDown={pressed} onBlur={add} />
    </div>
  );
}

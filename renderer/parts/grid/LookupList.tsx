import { mergeClasses } from '@fluentui/react-components';
import { type RefObject, useLayoutEffect, useState } from 'react';
import { useT } from '../../t.ts';
import type { Found } from './columns.ts';
import { useLineStyles } from './styles.ts';

interface LookupListProps {
  readonly id: string;
  readonly found: readonly Found[];
  /** Which one Enter takes. */
  readonly at: number;
  readonly take: (found: Found) => void;
  readonly input: RefObject<HTMLInputElement | null>;
  readonly label: string;
}

const tall = 292;

/** What a lookup offers, under its cell or above it where there is no room: over the edges of the grid, which scrolls. */
export function LookupList({ id, found, at, take, input, label }: LookupListProps) {
  const styles = useLineStyles();
  const t = useT();
  const [box, setBox] = useState<{ readonly left: number; readonly width: number; readonly top?: number; readonly bottom?: number } | null>(null);
  useLayoutEffect(() => {
    const place = (): void => {
      const around = input.current?.getBoundingClientRect();
      if (!around) return;
      const width = Math.max(around.width, 340);
      const left = Math.min(around.left, window.innerWidth - width - 8);
      const below = window.innerHeight - around.bottom;
      setBox(below >= tall || below >= around.top ? { left, width, top: around.bottom + 2 } : { left, width, bottom: window.innerHeight - around.top + 2 });
    };
    place();
    window.addEventListener('resize', place);
    return () => window.removeEventListener('resize', place);
  }, [input, found]);
  useLayoutEffect(() => document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' }), [id, at]);
  return (
    <ul id={id} role="listbox" aria-label={label} className={styles.list} style={box ?? { visibility: 'hidden' }} onMouseDown={(event) => event.preventDefault()}>
      {found.map((one, index) => (
        <li key={one.id} id={`${id}-${index}`} role="option" aria-selected={index === at} className={mergeClasses(styles.option, index === at && styles.optionOn)} onMouseDown={() => take(one)}>
          {one.code !== '' && <span className={styles.code}>{one.code}</span>}
          <span className={styles.name}>{one.name}</span>
        </li>
      ))}
      {found.length === 0 && (
        <li role="option" aria-selected={false} aria-disabled className={styles.none}>{t('parts.fields.nothing')}</li>
      )}
    </ul>
  );
}

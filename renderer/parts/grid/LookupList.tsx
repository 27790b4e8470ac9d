import { mergeClasses } from '@fluentui/react-components';
import { type RefObject, useLayoutEffect, useRef } from 'react';
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

/** Puts the list under its input, or above it where there is no room. A dialog moves where fixed places begin, so that is measured. */
function place(list: HTMLElement, input: HTMLElement): void {
  const around = input.getBoundingClientRect();
  const width = Math.max(around.width, 340);
  Object.assign(list.style, { left: '0px', top: '0px', width: `${width}px` });
  const origin = list.getBoundingClientRect();
  const left = Math.min(around.left, window.innerWidth - width - 8);
  const below = window.innerHeight - around.bottom - 8;
  const top = below >= origin.height || below >= around.top ? around.bottom + 2 : around.top - origin.height - 2;
  Object.assign(list.style, { left: `${left - origin.left}px`, top: `${top - origin.top}px` });
}

/** What a lookup offers: over the edges of the grid, which scrolls. */
export function LookupList({ id, found, at, take, input, label }: LookupListProps) {
  const styles = useLineStyles();
  const t = useT();
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const put = (): void => {
      if (list.current && input.current) place(list.current, input.current);
    };
    put();
    window.addEventListener('resize', put);
    return () => window.removeEventListener('resize', put);
  }, [input, found]);
  useLayoutEffect(() => document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' }), [id, at]);
  return (
    <div ref={list} id={id} role="listbox" tabIndex={-1} aria-label={label} className={styles.list} onMouseDown={(event) => event.preventDefault()}>
      {found.map((one, index) => (
        <div key={one.id} id={`${id}-${index}`} role="option" tabIndex={-1} aria-selected={index === at} className={mergeClasses(styles.option, index === at && styles.optionOn)} onMouseDown={() => take(one)}>
          {one.code !== '' && <span className={styles.code}>{one.code}</span>}
          <span className={styles.name}>{one.name}</span>
        </div>
      ))}
      {found.length === 0 && (
        <div role="option" tabIndex={-1} aria-selected={false} aria-disabled className={styles.none}>{t('parts.fields.nothing')}</div>
      )}
    </div>
  );
}

import { Input } from '@fluentui/react-components';
import { useRef, useState } from 'react';
import type { AnyRow, Entity } from '#contract/kit/entity.ts';
import { refresh } from '../../query.ts';
import { tellWrong } from '../../state/ui.ts';
import { useT } from '../../t.ts';
import { failureOf } from '../Problem.tsx';
import { update } from '../record/asked.ts';

/** The title of a node as an input: Enter keeps it, Esc leaves it as it was. */
export function Rename({ entity, row, end }: { readonly entity: Entity; readonly row: AnyRow; readonly end: () => void }) {
  const t = useT();
  const before = typeof row[entity.title] === 'string' ? String(row[entity.title]) : '';
  const [title, setTitle] = useState(before);
  // Taking the input away takes its focus too, which would save a second time.
  const ended = useRef(false);
  const leave = (): boolean => {
    if (ended.current) return false;
    ended.current = true;
    end();
    return true;
  };
  const save = async (): Promise<void> => {
    if (!leave()) return;
    if (title.trim() === '' || title === before) return;
    try {
      await update(entity.name, row.id, row.version, { [entity.title]: title.trim() });
      refresh([entity.name]);
    } catch (thrown) {
      tellWrong(failureOf(thrown).message);
    }
  };
  return (
    <Input
      aria-label={t('parts.tree.rename')}
      value={title}
      maxLength={entity.fields[entity.title]?.max ?? 200}
      autoFocus
      style={{ width: '280px', height: '24px', minHeight: 0 }}
      onChange={(_event, data) => setTitle(data.value)}
      onBlur={() => void save()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') void save();
        if (event.key === 'Escape') leave();
      }}
    />
  );
}

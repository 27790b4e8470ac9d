import { Link } from '@fluentui/react-components';
import { entities } from '#contract/calls.ts';
import type { Named } from '#contract/kit/call.ts';
import type { Field } from '#contract/kit/field.ts';
import { useAsk } from '../../query.ts';
import { go, placeOf } from '../../state/ui.ts';
import { isEmpty, show } from '../fields/show.ts';
import { useRights } from '../record/rights.ts';

interface ShownProps {
  readonly field: Field;
  readonly value: unknown;
  readonly row: Readonly<Record<string, unknown>>;
  readonly currency: string;
}

/** A value to read; a ref as a link to what it points to. Nothing is a dash. */
export function Shown({ field, value, row, currency }: ShownProps) {
  if (isEmpty(value)) return <span className="quiet">–</span>;
  if (field.kind === 'ref' && field.to !== undefined && typeof value === 'number') return <RefLink entity={field.to} id={value} />;
  const text = show(field, value, row, () => undefined, currency);
  return <span title={text}>{text || '–'}</span>;
}

/** The title of a record, leading to it. */
export function RefLink({ entity, id }: { readonly entity: string; readonly id: number }) {
  const { may } = useRights();
  const area = entities[entity]?.area;
  const readable = area !== undefined && may(area, 'read');
  const names = useAsk<readonly Named[]>(`${entity}.names`, { ids: [id] }, { enabled: readable });
  const title = names.data?.[0]?.title ?? `#${id}`;
  if (!readable) return <span>#{id}</span>;
  return (
    <Link as="button" onClick={(event) => void go(placeOf(entity, id), { beside: event.ctrlKey })} title={title}>
      {title}
    </Link>
  );
}

import { Link, MessageBar, MessageBarBody } from '@fluentui/react-components';
import { useDeferredValue } from 'react';
import { useCall } from '../../query.ts';
import { go, placeOf } from '../../state/ui.ts';
import { useT } from '../../t.ts';
import type { Values } from '../../parts/form/values.ts';

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** While a new person or firm is typed: those already there that look like it. A click shows them beside. */
export function Lookalikes({ values }: { readonly values: Values }) {
  const t = useT();
  const typed = textOf(values['name']) || [textOf(values['given_name']), textOf(values['family_name'])].filter((one) => one !== '').join(' ');
  const name = useDeferredValue(typed);
  const mail = useDeferredValue(textOf(values['email']));
  const byName = useCall('party.list', { text: name, limit: 4, archived: 'both' }, { enabled: name.length > 3, keep: true });
  const byMail = useCall('party.list', { filters: [{ field: 'email', is: 'equals', value: mail }], limit: 4, archived: 'both' }, { enabled: mail.includes('@') });
  const rows = [...(mail.includes('@') ? (byMail.data?.rows ?? []) : []), ...(name.length > 3 ? (byName.data?.rows ?? []) : [])];
  const found = [...new Map(rows.map((row) => [row.id, row])).values()].slice(0, 4);
  if (found.length === 0) return null;
  return (
    <MessageBar intent="info" style={{ marginBottom: 8, maxWidth: 960 }}>
      <MessageBarBody>
        {t('parts.records.looksLike')}{' '}
        {found.map((row, at) => (
          <span key={row.id}>
            {at > 0 && ', '}
            <Link as="button" onClick={() => void go(placeOf('party', row.id), { beside: true })}>
              {row.name} ({[row.number, row.city].filter((one) => one !== '').join(', ')})
            </Link>
          </span>
        ))}
      </MessageBarBody>
    </MessageBar>
  );
}

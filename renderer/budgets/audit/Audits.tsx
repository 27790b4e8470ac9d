import { Checkmark20Regular, DocumentCheckmark20Regular, FolderZip20Regular } from '@fluentui/react-icons';
import { type ReactNode, useState } from 'react';
import type { AnyRow } from '#contract/kit/entity.ts';
import type { Action } from '../../commands.ts';
import { askReason } from '../../parts/Dialogs.tsx';
import { EntityList } from '../../parts/list/EntityList.tsx';
import { failureOf } from '../../parts/Problem.tsx';
import { useRights } from '../../parts/record/rights.ts';
import { office } from '../../office.ts';
import { refresh } from '../../query.ts';
import { entityOf } from '../../records/entity.ts';
import { RecordScreen } from '../../records/RecordScreen.tsx';
import type { RecordProps } from '../../records/screen.ts';
import { tell, tellWrong } from '../../state/ui.ts';
import { t as say, useT, words } from '../../t.ts';
import { Digits } from './Digits.tsx';
import { CheckDialog, PackDialog } from './Evidence.tsx';
import { Items } from './Items.tsx';
import { factsOf } from './kinds.ts';
import { Samples } from './Samples.tsx';
import { Tests } from './Tests.tsx';

export { ItemRecord } from './ItemRecord.tsx';
export { SampleRecord } from './Samples.tsx';

const entity = entityOf('engagement');
const [request, item, sample] = [entityOf('audit_request'), entityOf('audit_item'), entityOf('audit_sample')];

/** All audits. */
export const AuditList = () => <EntityList entity={entity} />;
/** Items of all audits. */
export const ItemList = () => <EntityList entity={item} />;

/** One audit: its facts, tests, items, digits, samples, requests and packs of evidence. */
export function AuditRecord({ id, draft }: RecordProps) {
  const t = useT();
  const { may } = useRights();
  const [open, setOpen] = useState<{ readonly what: 'write' | 'check'; readonly row: AnyRow } | null>(null);
  const writes = may('engagement', 'write') && may('entry', 'read') && may('report', 'read') && may('document', 'read') && may('audit', 'read');
  const more = (row: AnyRow): readonly Action[] => [
    { id: 'audit.pack', label: 'budgets.audit.pack.write', icon: FolderZip20Regular, group: 'record', when: () => writes, run: () => setOpen({ what: 'write', row }) },
    { id: 'audit.check', label: 'budgets.audit.pack.check', icon: DocumentCheckmark20Regular, group: 'record', run: () => setOpen({ what: 'check', row }) },
  ];
  const tab = (key: string, label: string, content: (row: AnyRow) => ReactNode) => ({ key, label, content });
  return (
    <>
      <RecordScreen
        entity={entity}
        id={id}
        given={{ kind: 'annual', state: 'planned', ...draft }}
        more={more}
        // Items and samples stand in tabs of their own, with what is done to them.
        without={() => [item.name, sample.name]}
        tabs={[
          tab('tests', t('budgets.audit.tests.tab'), (row) => <Tests audit={factsOf(row)} />),
          tab(item.name, words(item.plural), (row) => <Items audit={factsOf(row)} />),
          tab('digits', t('budgets.audit.digits.title'), (row) => <Digits audit={factsOf(row)} />),
          tab(sample.name, words(sample.plural), (row) => <Samples audit={factsOf(row)} />),
        ]}
      />
      {open?.what === 'write' && <PackDialog audit={factsOf(open.row)} close={() => setOpen(null)} />}
      {open?.what === 'check' && <CheckDialog close={() => setOpen(null)} />}
    </>
  );
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** One request: those who are audited say that it is provided, the auditor accepts it or gives it back. */
export function RequestRecord({ id, draft }: RecordProps) {
  const provide = async (row: AnyRow): Promise<void> => {
    const what = textOf(row['title']);
    const remarks = await askReason({ title: what, text: say('budgets.audit.request.remark'), yes: say('budgets.audit.request.provide'), reason: say('budgets.audit.request.remark') });
    if (remarks === null) return;
    try {
      await office['audit_request.provide']({ id: row.id, version: row.version, remarks });
      refresh([request.name]);
      tell(say('budgets.audit.request.provided', { what }));
    } catch (thrown) {
      tellWrong(failureOf(thrown).message);
    }
  };
  return (
    <RecordScreen
      entity={request}
      id={id}
      given={{ state: 'open', ...draft }}
      next={(row) => (row['state'] === 'open' || row['state'] === 'returned' ? { id: 'audit.provide', label: 'budgets.audit.request.provide', icon: Checkmark20Regular, group: 'record', run: () => void provide(row) } : null)}
    />
  );
}

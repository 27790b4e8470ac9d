import { Button } from '@fluentui/react-components';
import { ArrowUpload20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { Screen } from '../../parts/Screen.tsx';
import { useCan } from '../../state/session.ts';
import { useT } from '../../t.ts';
import { ExportDialog } from './ExportDialog.tsx';
import { History } from './History.tsx';
import { ImportPart } from './ImportPart.tsx';

/** Whole ledgers in and out, and what came in so far. */
export function Ledgers() {
  const t = useT();
  const can = useCan();
  const [exporting, setExporting] = useState(false);
  return (
    <Screen
      title={t('budgets.ledger.title')}
      text={t('budgets.ledger.text')}
      actions={
        can('report', 'read') && (
          <Button icon={<ArrowUpload20Regular />} onClick={() => setExporting(true)}>
            {t('budgets.ledger.export')}
          </Button>
        )
      }
    >
      {can('entry', 'approve') && <ImportPart />}
      <History />
      {exporting && <ExportDialog onClose={() => setExporting(false)} />}
    </Screen>
  );
}

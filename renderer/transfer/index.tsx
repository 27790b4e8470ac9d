import { useEffect } from 'react';
import { DropToImport } from './DropToImport.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import { HistoryDialog } from './HistoryDialog.tsx';
import { ImportWizard } from './ImportWizard.tsx';
import { closeAll } from './open.ts';
import { PrintDialog } from './PrintDialog.tsx';

export { importCommands } from './actions.ts';
export { ExportDialog } from './ExportDialog.tsx';
export { ImportHistory } from './ImportHistory.tsx';
export { ImportWizard } from './ImportWizard.tsx';
export { type ImportRequest, type ListNow, openExport, openImport, openImportHistory, openPrint, pickDropped } from './open.ts';
export { PrintDialog } from './PrintDialog.tsx';
export { listPaper } from './printList.ts';

/**
 * All windows of import, export and print, each drawn only while it is open. Stands once in the frame; `hidden` while the
 * window is locked, which keeps what was chosen.
 */
export function TransferHost({ hidden = false }: { readonly hidden?: boolean }) {
  useEffect(() => closeAll, []);
  return (
    <>
      <ImportWizard hidden={hidden} />
      <ExportDialog hidden={hidden} />
      <PrintDialog hidden={hidden} />
      <HistoryDialog hidden={hidden} />
      {!hidden && <DropToImport />}
    </>
  );
}

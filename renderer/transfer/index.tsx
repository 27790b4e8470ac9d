import { ExportDialog } from './ExportDialog.tsx';
import { HistoryDialog } from './HistoryDialog.tsx';
import { ImportWizard } from './ImportWizard.tsx';
import { PrintDialog } from './PrintDialog.tsx';

export { importCommands, transferCommands } from './actions.ts';
export { ExportDialog } from './ExportDialog.tsx';
export { ImportHistory } from './ImportHistory.tsx';
export { ImportWizard } from './ImportWizard.tsx';
export { type ImportRequest, type ListNow, openExport, openImport, openImportHistory, openPrint, pickDropped } from './open.ts';
export { PrintDialog } from './PrintDialog.tsx';
export { listPaper } from './printList.ts';

/** All windows of import, export and print, each drawn only while it is open. Stands once in the frame. */
export function TransferHost() {
  return (
    <>
      <ImportWizard />
      <ExportDialog />
      <PrintDialog />
      <HistoryDialog />
    </>
  );
}

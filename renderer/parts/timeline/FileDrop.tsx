import { makeStyles, tokens } from '@fluentui/react-components';
import { DocumentArrowUp20Regular } from '@fluentui/react-icons';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';

const useStyles = makeStyles({
  area: { position: 'relative', display: 'flex', flexDirection: 'column', flex: '1 1 0', minHeight: 0, minWidth: 0, height: '100%' },
  over: { position: 'absolute', inset: '4px', zIndex: 10, display: 'flex', alignItems: 'center', justifyContent: 'center', gap: '8px', border: `2px dashed ${tokens.colorCompoundBrandStroke}`, borderRadius: tokens.borderRadiusMedium, backgroundColor: tokens.colorNeutralBackground1, opacity: 0.94, fontWeight: tokens.fontWeightSemibold, pointerEvents: 'none' },
});

const hasFiles = (data: DataTransfer): boolean => data.types.includes('Files');

/** Takes files that are dropped anywhere inside. */
export function FileDrop({ text, drop, children, enabled }: { readonly text: string; readonly drop: (files: readonly File[]) => void; readonly children: ReactNode; readonly enabled: boolean }) {
  const styles = useStyles();
  const [over, setOver] = useState(false);
  // Entering a child leaves its parent: only the balance says whether the pointer is still inside.
  const depth = useRef(0);
  const step = (event: DragEvent, by: 1 | -1): void => {
    if (!enabled || !hasFiles(event.dataTransfer)) return;
    depth.current += by;
    setOver(depth.current > 0);
  };
  return (
    <div
      role="presentation"
      className={styles.area}
      onDragEnter={(event) => step(event, 1)}
      onDragLeave={(event) => step(event, -1)}
      onDragOver={(event) => {
        if (enabled && hasFiles(event.dataTransfer)) event.preventDefault();
      }}
      onDrop={(event) => {
        depth.current = 0;
        setOver(false);
        if (!enabled || !hasFiles(event.dataTransfer)) return;
        event.preventDefault();
        drop([...event.dataTransfer.files]);
      }}
    >
      {children}
      {over && (
        <div className={styles.over}>
          <DocumentArrowUp20Regular aria-hidden />
          {text}
        </div>
      )}
    </div>
  );
}

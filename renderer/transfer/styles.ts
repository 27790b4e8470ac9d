import { makeStyles, tokens } from '@fluentui/react-components';

/** Looks that the steps of the import share. */
export const useStepStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '16px', minHeight: 0, '> *': { flexShrink: 0 } },
  fill: { flexGrow: 1 },
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'end', gap: '12px' },
  quiet: { color: tokens.colorNeutralForeground3, margin: 0 },
  text: { margin: 0, maxWidth: '760px' },
  strong: { fontWeight: tokens.fontWeightSemibold },
  heading: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold },
  narrow: { width: '200px', minWidth: 0 },
  wide: { width: '320px', minWidth: 0 },
  scroll: { overflow: 'auto', border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium, ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` } },
  table: { borderCollapse: 'separate', borderSpacing: 0, minWidth: '100%' },
  th: { position: 'sticky', top: 0, zIndex: 1, backgroundColor: tokens.colorNeutralBackground2, textAlign: 'start', fontWeight: tokens.fontWeightSemibold, padding: '4px 8px', borderBottom: `1px solid ${tokens.colorNeutralStroke1}`, whiteSpace: 'nowrap' },
  td: { padding: '3px 8px', height: '28px', boxSizing: 'border-box', borderBottom: `1px solid ${tokens.colorNeutralStroke3}`, maxWidth: '280px', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  // What must be read whole takes what room there is and more than one line.
  long: { maxWidth: 'none', minWidth: '320px', width: '100%', whiteSpace: 'normal' },
  // Scrolls by itself under its heading when the window is low.
  tall: { '&&': { flexShrink: 1 } },
  end: { textAlign: 'end', fontVariantNumeric: 'tabular-nums' },
  number: { fontVariantNumeric: 'tabular-nums', color: tokens.colorNeutralForeground3, textAlign: 'end', width: '1%' },
  prefix: { width: '120px' },
  attention: { color: tokens.colorStatusWarningForeground1 },
  wrong: { color: tokens.colorPaletteRedForeground1 },
  good: { color: tokens.colorStatusSuccessForeground1 },
  withIcon: { display: 'inline-flex', alignItems: 'center', gap: '4px' },
});

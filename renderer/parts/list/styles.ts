import { makeStyles, tokens } from '@fluentui/react-components';

/** Looks of the grid. Plain elements, not Fluent parts: thousands of cells pass by while scrolling. */
export const useGridStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0, minWidth: 0, backgroundColor: tokens.colorNeutralBackground1 },
  grid: {
    position: 'relative', flex: '1 1 0', minHeight: 0, overflow: 'auto', outline: 'none', fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300, cursor: 'default', userSelect: 'none',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`, overflowAnchor: 'none',
    ':focus-visible [data-active]': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  head: { position: 'sticky', top: 0, zIndex: 2, height: '28px', boxSizing: 'border-box', backgroundColor: tokens.colorNeutralBackground2, borderBottom: `1px solid ${tokens.colorNeutralStroke1}` },
  body: { position: 'relative', minWidth: '100%' },
  row: {
    position: 'absolute', left: 0, top: 0, minWidth: '100%', display: 'flex', boxShadow: `inset 0 -1px ${tokens.colorNeutralStroke3}`, contain: 'layout style',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
  },
  headRow: { display: 'flex', height: '100%' },
  here: { backgroundColor: tokens.colorNeutralBackground3 },
  ticked: { backgroundColor: tokens.colorBrandBackground2, ':hover': { backgroundColor: tokens.colorBrandBackground2Hover } },
  archived: { color: tokens.colorNeutralForeground3, fontStyle: 'italic' },
  cell: { flexShrink: 0, boxSizing: 'border-box', padding: '0 8px', overflow: 'hidden', whiteSpace: 'pre', textOverflow: 'ellipsis', display: 'block', height: '100%' },
  ranged: { backgroundColor: tokens.colorBrandBackground2 },
  right: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
  figures: { fontVariantNumeric: 'tabular-nums' },
  editing: { padding: 0, overflow: 'visible', zIndex: 3, outline: `2px solid ${tokens.colorCompoundBrandStroke}`, outlineOffset: '-2px', backgroundColor: tokens.colorNeutralBackground1 },
  link: { ':hover': { textDecorationLine: 'underline', cursor: 'pointer', color: tokens.colorBrandForegroundLinkHover } },
  tick: { flexShrink: 0, width: '32px', height: '100%', display: 'flex', alignItems: 'center', justifyContent: 'center', boxSizing: 'border-box', color: tokens.colorNeutralForeground3 },
  tickOn: { color: tokens.colorBrandForeground1 },
  headCell: {
    position: 'relative', flexShrink: 0, boxSizing: 'border-box', padding: '0 8px', display: 'flex', alignItems: 'center', gap: '2px', fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2,
    ':hover': { backgroundColor: tokens.colorNeutralBackground2Hover },
  },
  headRight: { justifyContent: 'flex-end' },
  headText: { overflow: 'hidden', whiteSpace: 'nowrap', textOverflow: 'ellipsis' },
  dropAt: { boxShadow: `inset 2px 0 ${tokens.colorCompoundBrandStroke}` },
  handle: { position: 'absolute', right: '-4px', top: 0, bottom: 0, width: '9px', zIndex: 1, cursor: 'col-resize', '::after': { content: '""', position: 'absolute', left: '4px', top: '6px', bottom: '6px', width: '1px', backgroundColor: tokens.colorNeutralStroke2 } },
  skeleton: { display: 'inline-block', height: '8px', width: '60%', marginTop: '10px', borderRadius: tokens.borderRadiusMedium, backgroundColor: tokens.colorNeutralBackground4 },
  notice: { position: 'absolute', inset: '28px 0 0 0', display: 'flex', justifyContent: 'center', alignItems: 'flex-start', paddingTop: '48px' },
});

export const useBarStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px', minHeight: '40px', padding: '6px 8px', flexShrink: 0, overflow: 'hidden' },
  small: { minHeight: '36px', paddingTop: '4px', paddingBottom: '4px' },
  chips: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px', padding: '0 8px 6px' },
  chip: { minWidth: 0, height: '24px', paddingLeft: '8px', paddingRight: '4px', fontWeight: tokens.fontWeightRegular },
  chipGroup: { display: 'inline-flex', alignItems: 'center' },
  space: { flex: '1 1 0' },
  filter: { flex: '1 1 120px', maxWidth: '220px', minWidth: '120px', height: '28px', minHeight: '28px' },
  button: { height: '28px', minWidth: '28px', paddingLeft: '8px', paddingRight: '8px', columnGap: '4px', whiteSpace: 'nowrap', fontWeight: tokens.fontWeightRegular, flexShrink: 0 },
  icon: { height: '28px', minWidth: '28px', width: '28px', padding: 0, flexShrink: 0 },
  primary: { height: '28px', minWidth: 0, whiteSpace: 'nowrap', flexShrink: 0 },
  foot: { display: 'flex', alignItems: 'center', gap: '16px', height: '26px', padding: '0 12px', flexShrink: 0, borderTop: `1px solid ${tokens.colorNeutralStroke2}`, color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap', overflow: 'hidden' },
  footLink: { height: '22px', minWidth: 0, padding: '0 6px', fontSize: tokens.fontSizeBase200 },
  form: { display: 'grid', gridTemplateColumns: '150px 140px 220px', gap: '8px', alignItems: 'center' },
  popover: { padding: '12px' },
  strong: { color: tokens.colorNeutralForeground1 },
});

import { makeStyles, tokens } from '@fluentui/react-components';

export const rowHeight = 28;
/** Beside the columns: the number of the line, and the button that removes it. */
export const beside = { gutter: 36, end: 28 } as const;

export const useLineStyles = makeStyles({
  grid: {
    position: 'relative', flex: '0 1 auto', minHeight: '90px', overflow: 'auto', outlineOffset: '-1px', fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300, cursor: 'default',
    border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium, backgroundColor: tokens.colorNeutralBackground1, scrollPaddingTop: '30px', scrollPaddingBottom: '32px', display: 'flex', flexDirection: 'column',
    ':focus-visible': { outline: `2px solid ${tokens.colorCompoundBrandStroke}` },
  },
  wide: { display: 'flex', flexDirection: 'column', width: '100%', flex: '1 0 auto' },
  row: { display: 'flex', height: '28px', boxSizing: 'border-box', borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  head: { position: 'sticky', top: 0, zIndex: 2, backgroundColor: tokens.colorNeutralBackground2, borderBottom: `1px solid ${tokens.colorNeutralStroke1}`, fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground2 },
  body: { position: 'relative', flex: '1 0 auto' },
  line: { position: 'absolute', left: 0, right: 0, ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover } },
  here: { backgroundColor: tokens.colorNeutralBackground2 },
  foot: { position: 'sticky', bottom: 0, zIndex: 2, height: '30px', flexShrink: 0, backgroundColor: tokens.colorNeutralBackground2, borderTop: `1px solid ${tokens.colorNeutralStroke1}`, borderBottom: 'none', fontWeight: tokens.fontWeightSemibold },
  gutter: { flex: '0 0 36px', textAlign: 'right', padding: '3px 8px 0 0', boxSizing: 'border-box', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, fontVariantNumeric: 'tabular-nums', borderRight: `1px solid ${tokens.colorNeutralStroke3}` },
  end: { flex: '0 0 28px', display: 'flex', alignItems: 'center', justifyContent: 'center' },
  remove: { minWidth: '22px', width: '22px', height: '22px', padding: 0, opacity: 0, ':focus-visible': { opacity: 1 } },
  removeSeen: { opacity: 1 },
  cell: { position: 'relative', boxSizing: 'border-box', padding: '3px 8px 0', overflow: 'hidden', whiteSpace: 'nowrap', textOverflow: 'ellipsis', borderRight: `1px solid ${tokens.colorNeutralStroke3}`, minWidth: 0 },
  typable: { cursor: 'text' },
  footCell: { padding: '0 8px', lineHeight: '29px', borderRight: '1px solid transparent' },
  right: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
  active: { padding: 0, overflow: 'visible' },
  wrong: { boxShadow: `inset 0 0 0 1px ${tokens.colorPaletteRedBorderActive}`, color: tokens.colorPaletteRedForeground1, backgroundColor: tokens.colorPaletteRedBackground1 },
  waiting: { color: tokens.colorNeutralForeground3, fontStyle: 'italic' },
  input: {
    width: '100%', height: '27px', boxSizing: 'border-box', border: 0, padding: '0 8px 1px', font: 'inherit', color: 'inherit', backgroundColor: 'transparent', outline: 'none', textAlign: 'inherit', fontVariantNumeric: 'inherit',
    ':focus': { outline: `2px solid ${tokens.colorCompoundBrandStroke}`, outlineOffset: '-2px', backgroundColor: tokens.colorNeutralBackground1 },
    '::placeholder': { color: tokens.colorNeutralForeground3, fontStyle: 'italic' },
    '::selection': { backgroundColor: tokens.colorBrandBackground2, color: tokens.colorNeutralForeground1 },
  },
  link: { border: 0, padding: 0, font: 'inherit', color: 'inherit', backgroundColor: 'transparent', cursor: 'pointer', textAlign: 'left', maxWidth: '100%', overflow: 'hidden', textOverflow: 'ellipsis', ':hover': { textDecorationLine: 'underline', color: tokens.colorBrandForegroundLinkHover } },
  list: {
    position: 'fixed', zIndex: 20, boxSizing: 'border-box', margin: 0, padding: '4px', maxHeight: '292px', overflowY: 'auto', textAlign: 'left', fontStyle: 'normal', listStyleType: 'none',
    color: tokens.colorNeutralForeground1, backgroundColor: tokens.colorNeutralBackground1, border: `1px solid ${tokens.colorNeutralStroke1}`, borderRadius: tokens.borderRadiusMedium, boxShadow: tokens.shadow8,
  },
  option: { display: 'flex', gap: '10px', height: '26px', lineHeight: '26px', padding: '0 8px', borderRadius: tokens.borderRadiusSmall, cursor: 'pointer', whiteSpace: 'nowrap', ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover } },
  optionOn: { backgroundColor: tokens.colorBrandBackground2, ':hover': { backgroundColor: tokens.colorBrandBackground2Hover } },
  code: { flex: '0 0 auto', minWidth: '44px', fontVariantNumeric: 'tabular-nums', color: tokens.colorNeutralForeground2 },
  name: { overflow: 'hidden', textOverflow: 'ellipsis' },
  none: { padding: '4px 8px', color: tokens.colorNeutralForeground2 },
});

import { makeStyles, tokens } from '@fluentui/react-components';

/** Inputs of 28 px, as everywhere in Bureau, and their narrower form inside a grid cell. */
export const useFieldStyles = makeStyles({
  input: { width: '100%', minWidth: 0, height: '28px', minHeight: '28px', paddingLeft: '8px', paddingRight: '4px', '& input': { paddingLeft: 0, minWidth: 0 }, '& select': { height: '28px', paddingLeft: 0 } },
  cell: { height: '100%', minHeight: 0, borderRadius: 0, paddingLeft: '7px', '& select': { height: '100%' } },
  right: { '& input': { textAlign: 'right', fontVariantNumeric: 'tabular-nums' } },
  drop: { width: '100%', minWidth: 0, height: '28px', minHeight: '28px', '& button': { paddingLeft: '8px', paddingRight: '4px', overflow: 'hidden', whiteSpace: 'nowrap' } },
  select: { width: '100%', minWidth: 0, '& select': { height: '28px', paddingLeft: '8px', paddingRight: '24px', fontSize: tokens.fontSizeBase300 }, '& option': { backgroundColor: tokens.colorNeutralBackground1, color: tokens.colorNeutralForeground1 } },
  area: { width: '100%', '& textarea': { minHeight: '68px', paddingLeft: '8px', paddingRight: '8px', paddingTop: '3px', paddingBottom: '3px' } },
  flag: { display: 'flex', alignItems: 'center', height: '28px', marginLeft: '-6px' },
  small: { minWidth: '22px', width: '22px', height: '22px', padding: 0 },
  tags: {
    display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '3px', minHeight: '28px', padding: '2px 6px', boxSizing: 'border-box',
    backgroundColor: tokens.colorNeutralBackground1, border: `1px solid ${tokens.colorNeutralStroke1}`, borderBottomColor: tokens.colorNeutralStrokeAccessible, borderRadius: tokens.borderRadiusMedium,
    ':focus-within': { outline: `2px solid ${tokens.colorCompoundBrandStroke}`, outlineOffset: '-1px' },
    '& input': { flex: '1 1 60px', minWidth: '60px', border: 0, outline: 'none', padding: 0, height: '20px', font: 'inherit', color: 'inherit', backgroundColor: 'transparent' },
  },
  tag: { display: 'inline-flex', alignItems: 'center', gap: '2px', height: '20px', padding: '0 2px 0 6px', backgroundColor: tokens.colorNeutralBackground3, borderRadius: tokens.borderRadiusMedium, fontSize: tokens.fontSizeBase200 },
  tagButton: { display: 'inline-flex', border: 0, padding: '2px', backgroundColor: 'transparent', color: tokens.colorNeutralForeground3, cursor: 'pointer', borderRadius: tokens.borderRadiusSmall, ':hover': { color: tokens.colorNeutralForeground1 } },
});

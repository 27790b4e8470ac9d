import { makeStyles, tokens } from '@fluentui/react-components';

export const usePaneStyles = makeStyles({
  pane: { display: 'flex', flexDirection: 'column', minHeight: 0, height: '100%' },
  tabs: { flexShrink: 0, borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, '& .fui-Tab': { paddingLeft: '7px', paddingRight: '7px' }, '& .fui-Tab__content': { fontSize: tokens.fontSizeBase200 } },
  body: { flex: '1 1 0', minHeight: 0, overflowY: 'auto', padding: '12px', display: 'flex', flexDirection: 'column', gap: '12px' },
  item: { display: 'flex', flexDirection: 'column', gap: '2px', paddingBottom: '10px', borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  head: { display: 'flex', alignItems: 'baseline', gap: '6px', minWidth: 0 },
  when: { marginLeft: 'auto', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, whiteSpace: 'nowrap' },
  change: { fontSize: tokens.fontSizeBase200, lineHeight: '16px', color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  before: { textDecorationLine: 'line-through', color: tokens.colorNeutralForeground3 },
  text: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', userSelect: 'text' },
  row: { display: 'flex', alignItems: 'center', gap: '8px', minHeight: '32px', minWidth: 0 },
  grow: { flex: '1 1 0', minWidth: 0 },
  cut: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', display: 'block', maxWidth: '100%', textAlign: 'left' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  form: { display: 'flex', flexDirection: 'column', gap: '6px' },
  end: { display: 'flex', gap: '8px', justifyContent: 'flex-end' },
  values: { display: 'grid', gridTemplateColumns: 'minmax(90px, 40%) minmax(0, 1fr)', columnGap: '8px', rowGap: '4px', margin: 0, '& dt': { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, lineHeight: '20px' }, '& dd': { margin: 0, overflow: 'hidden', textOverflow: 'ellipsis', overflowWrap: 'anywhere' } },
});

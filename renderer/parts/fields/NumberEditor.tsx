import { Input, mergeClasses } from '@fluentui/react-components';
import { useFieldStyles } from './styles.ts';
import { type EditorProps, named } from './types.ts';
import { useTyped } from './useTyped.ts';

/** Whole numbers, decimals and money: typed as people here write figures, kept as integers. */
export function NumberEditor(props: EditorProps) {
  const styles = useFieldStyles();
  const { field, value, change, tell, currency, cell, autoFocus } = props;
  const typed = useTyped(field, value, currency, change, tell);
  return (
    <Input
      {...named(props)}
      className={mergeClasses(styles.input, styles.right, cell && styles.cell)}
      value={typed.text}
      placeholder={props.placeholder ?? ''}
      inputMode="decimal"
      autoFocus={autoFocus === true}
      autoComplete="off"
      title={typed.problem ?? ''}
      aria-invalid={props.invalid === true || typed.problem !== undefined}
      contentAfter={field.kind === 'money' ? currency : field.percent ? '%' : null}
      onChange={(_event, data) => typed.type(data.value)}
      onBlur={typed.leave}
    />
  );
}

import { Input, mergeClasses, Textarea } from '@fluentui/react-components';
import type { TextOptions } from '#contract/kit/field.ts';
import { useFieldStyles } from './styles.ts';
import { type EditorProps, named } from './types.ts';

const types: Partial<Record<NonNullable<TextOptions['format']>, 'email' | 'tel' | 'url'>> = { email: 'email', phone: 'tel', url: 'url' };

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');
const upper = new Set<TextOptions['format']>(['iban', 'bic', 'vat', 'currency']);

export function TextEditor(props: EditorProps) {
  const styles = useFieldStyles();
  const { field, value, change, cell, autoFocus } = props;
  return (
    <Input
      {...named(props)}
      className={mergeClasses(styles.input, cell && styles.cell)}
      type={(field.format && types[field.format]) ?? 'text'}
      value={asText(value)}
      placeholder={props.placeholder ?? ''}
      maxLength={field.max ?? 200}
      autoFocus={autoFocus === true}
      autoComplete="off"
      spellCheck={field.format === undefined}
      onChange={(_event, data) => change(upper.has(field.format) ? data.value.toUpperCase() : data.value)}
    />
  );
}

export function LongTextEditor(props: EditorProps) {
  const styles = useFieldStyles();
  const { field, value, change, autoFocus } = props;
  return <Textarea {...named(props)} className={styles.area} value={asText(value)} maxLength={field.max ?? 20_000} autoFocus={autoFocus === true} resize="vertical" onChange={(_event, data) => change(data.value)} />;
}

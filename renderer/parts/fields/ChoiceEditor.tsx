import { Checkbox, Combobox, Dropdown, mergeClasses, Option, Select } from '@fluentui/react-components';
import { useT, words } from '../../t.ts';
import { list } from '../format.ts';
import { useFieldStyles } from './styles.ts';
import { type EditorProps, named } from './types.ts';

/** One of a fixed list: the select of the system, which letters and arrows work in everywhere. */
export function ChoiceEditor(props: EditorProps) {
  const styles = useFieldStyles();
  const { field, value, change, cell, autoFocus } = props;
  const chosen = typeof value === 'string' ? value : '';
  return (
    <Select {...named(props)} className={mergeClasses(styles.select, cell && styles.cell)} value={chosen} autoFocus={autoFocus === true} onChange={(_event, data) => change(data.value)}>
      {(!field.required || chosen === '') && <option value="" aria-label="–" />}
      {field.options?.map((option) => (
        <option key={option.value} value={option.value}>{words(option.label)}</option>
      ))}
    </Select>
  );
}

/** A text with usual values: chosen by name, or typed. */
export function UsualEditor(props: EditorProps) {
  const styles = useFieldStyles();
  const t = useT();
  const { field, value, change, cell, autoFocus } = props;
  const text = typeof value === 'string' ? value : '';
  const label = field.options?.find((option) => option.value === text)?.label;
  const typed = (given: string): void => change(field.options?.find((option) => words(option.label).toLowerCase() === given.trim().toLowerCase())?.value ?? given);
  return (
    <Combobox expandIcon={{ 'aria-label': t('common.open') }} {...named(props)} className={mergeClasses(styles.drop, cell && styles.cell)} freeform value={label ? words(label) : text} selectedOptions={text === '' ? [] : [text]} maxLength={field.max ?? 200} autoFocus={autoFocus === true} autoComplete="off" onChange={(event) => typed(event.target.value)} onOptionSelect={(_event, data) => data.optionValue !== undefined && change(data.optionValue)}>
      {field.options?.map((option) => (
        <Option key={option.value} value={option.value}>{words(option.label)}</Option>
      ))}
    </Combobox>
  );
}

export function ChoicesEditor(props: EditorProps) {
  const styles = useFieldStyles();
  const { field, value, change, cell, autoFocus } = props;
  const chosen = Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
  const labels = field.options?.filter((option) => chosen.includes(option.value)).map((option) => words(option.label)) ?? [];
  return (
    <Dropdown {...named(props)} className={mergeClasses(styles.drop, cell && styles.cell)} multiselect selectedOptions={chosen} value={list(labels)} autoFocus={autoFocus === true} onOptionSelect={(_event, data) => change(data.selectedOptions)}>
      {field.options?.map((option) => (
        <Option key={option.value} value={option.value}>{words(option.label)}</Option>
      ))}
    </Dropdown>
  );
}

export function FlagEditor(props: EditorProps) {
  const styles = useFieldStyles();
  const { value, change, autoFocus } = props;
  return (
    <span className={styles.flag}>
      <Checkbox {...named(props)} checked={value === true} autoFocus={autoFocus === true} onChange={(_event, data) => change(data.checked === true)} />
    </span>
  );
}

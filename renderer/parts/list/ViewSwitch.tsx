import { ToggleButton, Tooltip } from '@fluentui/react-components';
import type { FluentIcon } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import { usePreference } from '../../state/preference.ts';
import { type Key, useT } from '../../t.ts';
import { useBarStyles } from './styles.ts';

export interface ViewOption<V extends string> {
  readonly key: V;
  readonly label: Key;
  readonly icon: FluentIcon;
}

/**
 * Which of its views the screen of an entity shows, remembered for each user (the first one before there was a choice), and the buttons for its
 * toolbar that choose another, as does the function. `wanted` is a view that the place asks for; `left` hears that another was chosen.
 */
export function useViews<V extends string>(entity: string, options: readonly [ViewOption<V>, ...ViewOption<V>[]], wanted?: V, left?: () => void): readonly [V, ReactNode, (view: V) => void] {
  const t = useT();
  const styles = useBarStyles();
  const is = (value: unknown): value is V => options.some((one) => one.key === value);
  const [kept, keep] = usePreference<V>(`view.${entity}`, options[0].key, is);
  const view = wanted ?? kept;
  const choose = (next: V): void => {
    left?.();
    keep(next);
  };
  const buttons = options.map((option) => (
    <Tooltip key={option.key} content={t(option.label)} relationship="label">
      <ToggleButton className={styles.icon} appearance="subtle" checked={view === option.key} icon={<option.icon />} onClick={() => choose(option.key)} />
    </Tooltip>
  ));
  return [view, buttons, choose];
}

import { ToggleButton, Tooltip } from '@fluentui/react-components';
import type { FluentIcon } from '@fluentui/react-icons';
import { usePreference } from '../../state/preference.ts';
import { useBarStyles } from './styles.ts';

export interface ViewOption<V extends string> {
  readonly key: V;
  readonly label: string;
  readonly icon: FluentIcon;
}

/** Which of its views the screen of an entity shows, remembered for each user; the first one before there was a choice. */
export function useView<V extends string>(entity: string, views: readonly [V, ...V[]]): readonly [V, (view: V) => void] {
  const is = (value: unknown): value is V => views.some((one) => one === value);
  return usePreference<V>(`view.${entity}`, views[0], is);
}

/** The views of a screen as buttons in its toolbar. */
export function ViewSwitch<V extends string>({ options, view, choose }: { readonly options: readonly ViewOption<V>[]; readonly view: V; readonly choose: (view: V) => void }) {
  const styles = useBarStyles();
  return options.map((option) => (
    <Tooltip key={option.key} content={option.label} relationship="label">
      <ToggleButton className={styles.icon} appearance="subtle" checked={view === option.key} icon={<option.icon />} onClick={() => choose(option.key)} />
    </Tooltip>
  ));
}

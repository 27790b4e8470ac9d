import {
  Box24Filled,
  Box24Regular,
  type FluentIcon,
  Folder24Filled,
  Folder24Regular,
  Home24Filled,
  Home24Regular,
  QuestionCircle24Filled,
  QuestionCircle24Regular,
  Settings24Filled,
  Settings24Regular,
  Shield24Filled,
  Shield24Regular,
  Wallet24Filled,
  Wallet24Regular,
} from '@fluentui/react-icons';
import { shown } from '../commands.ts';
import { go, type Module, useUi } from '../state/ui.ts';
import { language, useT } from '../t.ts';
import { useLastPlaces } from './last.ts';

const icons: Readonly<Record<Module, readonly [FluentIcon, FluentIcon]>> = {
  home: [Home24Regular, Home24Filled],
  records: [Folder24Regular, Folder24Filled],
  budgets: [Wallet24Regular, Wallet24Filled],
  security: [Shield24Regular, Shield24Filled],
  logistics: [Box24Regular, Box24Filled],
  settings: [Settings24Regular, Settings24Filled],
  help: [QuestionCircle24Regular, QuestionCircle24Filled],
};

const upper: readonly Module[] = ['home', 'records', 'budgets', 'security', 'logistics'];
const lower: readonly Module[] = ['settings', 'help'];

/** The modules, left. Alt+1…5 goes to the same places; each opens where it was left. */
export function Rail() {
  const t = useT();
  const now = useUi((ui) => ui.place.module);
  const last = useLastPlaces();
  const item = (module: Module, keys?: string) => {
    const [Quiet, Strong] = icons[module];
    const Icon = now === module ? Strong : Quiet;
    const label = t(`frame.modules.${module}`);
    const short = t(`frame.short.${module}`);
    return (
      <li key={module}>
        <button
          type="button"
          className="rail-item"
          aria-current={now === module ? 'page' : undefined}
          title={keys ? `${label} (${shown(keys, language())})` : label}
          onClick={() => void go(now === module ? { module } : (last[module] ?? { module }))}
        >
          <Icon aria-hidden />
          <span className="cut" aria-hidden={short !== label}>{short}</span>
          {short !== label && <span className="unseen">{label}</span>}
        </button>
      </li>
    );
  };
  return (
    <nav className="rail" aria-label={t('frame.rail')}>
      <ul>{upper.map((module, at) => item(module, `Alt+Digit${at + 1}`))}</ul>
      <ul aria-label={t('frame.rail_below')}>{lower.map((module) => item(module, module === 'settings' ? '$mod+Comma' : 'F1'))}</ul>
    </nav>
  );
}

import { CheckmarkCircle16Regular, Circle16Regular, LockClosed16Regular, LockOpen16Regular } from '@fluentui/react-icons';
import { useT } from '../../t.ts';

const looks = {
  open: { icon: Circle16Regular, tone: 'done' },
  soft: { icon: LockOpen16Regular, tone: 'attention' },
  hard: { icon: LockClosed16Regular, tone: '' },
  closed: { icon: CheckmarkCircle16Regular, tone: '' },
} as const;

/** State of a year or a period: a sign and a word. */
export function State({ state }: { readonly state: keyof typeof looks }) {
  const t = useT();
  const { icon: Icon, tone } = looks[state];
  return (
    <span className={`row-tight ${tone}`}>
      <Icon aria-hidden />
      {t(`budgets.years.${state}`)}
    </span>
  );
}

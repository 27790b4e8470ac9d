import { LockClosed20Regular } from '@fluentui/react-icons';
import { useT } from '../t.ts';

/** Why nothing can be changed here, and who can open it. */
export function ReadOnly() {
  const t = useT();
  return (
    <p className="note">
      <LockClosed20Regular aria-hidden /> {t('settings.read_only')}
    </p>
  );
}

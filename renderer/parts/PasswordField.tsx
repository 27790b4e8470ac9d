import { Button, Field, Input } from '@fluentui/react-components';
import { Eye16Regular, EyeOff16Regular } from '@fluentui/react-icons';
import { type KeyboardEvent, useState } from 'react';
import { useT } from '../t.ts';

interface Props {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** A password that is being chosen: says how strong it is, in words. */
  readonly chosen?: boolean;
  readonly autoFocus?: boolean;
}

/** A password with a way to look at it, a hint when Caps Lock is on, and its strength while it is chosen. */
export function PasswordField({ label, hint, error, value, onChange, chosen = false, autoFocus = false }: Props) {
  const t = useT();
  const [shown, setShown] = useState(false);
  const [caps, setCaps] = useState(false);
  const look = (event: KeyboardEvent): void => setCaps(event.getModifierState('CapsLock'));
  const strength = chosen && value !== '' ? strengthOf(value) : null;
  const said = strength === null ? '' : strength === 'short' ? t('desk.password.short', { count: 8 - value.length }) : t(`desk.password.${strength}`);
  const message = error ?? (caps ? t('desk.password.caps') : said);
  const state = error ? 'error' : caps || strength === 'short' || strength === 'weak' ? 'warning' : strength === 'good' || strength === 'strong' ? 'success' : 'none';
  return (
    <Field label={label} {...(hint ? { hint } : {})} {...(message ? { validationMessage: message, validationState: state } : {})}>
      <Input
        type={shown ? 'text' : 'password'}
        value={value}
        onChange={(_event, data) => onChange(data.value)}
        onKeyDown={look}
        onKeyUp={look}
        maxLength={200}
        autoComplete={chosen ? 'new-password' : 'current-password'}
        spellCheck={false}
        {...(autoFocus ? { 'data-first': true, autoFocus: true } : {})}
        contentAfter={
          <Button size="small" appearance="transparent" icon={shown ? <EyeOff16Regular /> : <Eye16Regular />} aria-label={t(shown ? 'desk.password.hide' : 'desk.password.show')} aria-pressed={shown} onClick={() => setShown(!shown)} />
        }
      />
    </Field>
  );
}

const usual = ['password', 'passwort', 'qwert', 'asdf', '12345', 'abcde', 'letmein', 'welcome', 'willkommen', 'geheim', 'bureau', 'admin', 'hallo'];

/** How long a guess would take, roughly: by length and by how many different characters there are. Nothing is demanded but 8 characters. */
export function strengthOf(password: string): 'short' | 'weak' | 'fair' | 'good' | 'strong' {
  if (password.length < 8) return 'short';
  const lower = password.toLowerCase();
  const known = usual.filter((one) => lower.includes(one)).reduce((sum, one) => sum + one.length - 1, 0);
  const kinds = [/[a-zäöüß]/, /[A-ZÄÖÜ]/, /\d/, /[^\p{L}\d]/u].filter((kind) => kind.test(password)).length;
  // A character that stands there many times adds little.
  const useful = Math.min(password.length, new Set(lower).size * 2) - known;
  const bits = useful * (kinds === 1 ? 3.5 : kinds === 2 ? 4 : 4.6);
  if (bits < 36) return 'weak';
  if (bits < 50) return 'fair';
  return bits < 68 ? 'good' : 'strong';
}

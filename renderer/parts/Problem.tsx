import { Button } from '@fluentui/react-components';
import { ArrowClockwise16Regular, Copy16Regular, ErrorCircle20Regular, LockClosed20Regular } from '@fluentui/react-icons';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Failure } from '#contract/kit/failure.ts';
import { CallFailed } from '../office.ts';
import { tell } from '../state/ui.ts';
import { t as say, useT } from '../t.ts';
import { Loading } from './Loading.tsx';

/** What went wrong as the office told it; anything else is a defect of the window itself. */
export const failureOf = (error: unknown): Failure => (error instanceof CallFailed ? error.failure : { code: 'bug', message: error instanceof Error ? error.message : String(error) });

/** Copies, and says so. */
export async function copy(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
  tell(say('common.copied'));
}

/** Something did not work: what happened, what was kept, what to do, and an id to copy. */
export function Problem({ failure, retry, children }: { readonly failure: Failure; readonly retry?: (() => void) | undefined; readonly children?: ReactNode }) {
  const t = useT();
  if (failure.code === 'denied') return <NoPermission message={failure.message} />;
  const { id } = failure;
  return (
    <div className="problem" role="alert">
      <ErrorCircle20Regular className="wrong" aria-hidden />
      <div className="stack">
        <h2 className="h3">{t('problem.title')}</h2>
        <p className="selectable">{failure.message}</p>
        <p className="quiet">{t(failure.code === 'busy' ? 'problem.kept_busy' : 'problem.kept')}</p>
        <div className="row">
          {retry && (
            <Button icon={<ArrowClockwise16Regular />} onClick={retry}>
              {t('common.retry')}
            </Button>
          )}
          {id && (
            <Button icon={<Copy16Regular />} onClick={() => void copy(id)}>
              {t('problem.copy', { id })}
            </Button>
          )}
          {children}
        </div>
      </div>
    </div>
  );
}

/** The role does not allow it: who can give it. */
export function NoPermission({ message }: { readonly message?: string }) {
  const t = useT();
  return (
    <div className="problem">
      <LockClosed20Regular className="quiet" aria-hidden />
      <div className="stack">
        <h2 className="h3">{t('problem.denied')}</h2>
        <p>{message ?? t('problem.denied_text')}</p>
        <p className="quiet">{t('problem.denied_who')}</p>
      </div>
    </div>
  );
}

/** An answer of the office with its loading and error state: `<Answer of={query}>{(value) => …}</Answer>`. */
export function Answer<T>({ of, rows, children }: { readonly of: UseQueryResult<T, CallFailed>; readonly rows?: number; readonly children: (value: T) => ReactNode }) {
  // What was shown stays while it is asked again, and also when asking again failed.
  if (of.data !== undefined) return <>{children(of.data)}</>;
  if (of.error) return <Problem failure={failureOf(of.error)} retry={() => void of.refetch()} />;
  return <Loading {...(rows === undefined ? {} : { rows })} />;
}

import type { ReactNode } from 'react';

interface Props {
  readonly title: string;
  readonly text?: string;
  /** Buttons at the right of the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A screen that is read or set: title, one sentence, what belongs there. */
export function Screen({ title, text, actions, children }: Props) {
  return (
    // The screen scrolls and may hold nothing that takes the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="screen" tabIndex={0} role="region" aria-label={title}>
      <header className="screen-head">
        <h1 className="h1">{title}</h1>
        {actions && <div className="row">{actions}</div>}
        {text && <p className="screen-text quiet">{text}</p>}
      </header>
      <div className="screen-body">{children}</div>
    </div>
  );
}

import type { FluentIcon } from '@fluentui/react-icons';
import type { ReactNode } from 'react';

/** Nothing here yet: one sentence what belongs here, and what to do next. */
export function EmptyState({ icon: Icon, title, text, children }: { readonly icon?: FluentIcon; readonly title: string; readonly text?: string; readonly children?: ReactNode }) {
  return (
    <div className="empty">
      {Icon && <Icon className="empty-icon" aria-hidden />}
      <h2 className="h3">{title}</h2>
      {text && <p className="quiet">{text}</p>}
      {children && <div className="empty-actions">{children}</div>}
    </div>
  );
}

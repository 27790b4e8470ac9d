import type { ComponentType } from 'react';

export interface ListProps {
  /** Which view of the list the place names. */
  readonly view?: string | undefined;
}

export interface RecordProps {
  /** 0 for a new one. */
  readonly id: number;
  /** What a new one begins with. */
  readonly draft?: Readonly<Record<string, unknown>> | undefined;
}

/** What stands in the work for an entity: its list and one of its records. */
export interface Screen {
  readonly List: ComponentType<ListProps>;
  readonly Record: ComponentType<RecordProps>;
}

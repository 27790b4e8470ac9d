import { desk } from './desk.ts';
import { settings } from './settings.ts';

/** English texts, by place. `{name}` is filled in; `_one` and `_other` are chosen by `{ count }`. */
export const en = {
  common: {
    add: 'Add',
    all: 'All',
    apply: 'Apply',
    back: 'Back',
    cancel: 'Cancel',
    change: 'Change',
    close: 'Close',
    copied: 'Copied',
    copy: 'Copy',
    create: 'Create',
    dismiss: 'Dismiss',
    done: 'Done',
    edit: 'Edit',
    loading: 'Loading',
    more: 'More',
    next: 'Next',
    no: 'No',
    none: 'None',
    ok: 'OK',
    open: 'Open',
    refresh: 'Refresh',
    required: 'Please fill this in.',
    retry: 'Try again',
    save: 'Save',
    saved: 'Saved',
    show: 'Show',
    undo: 'Undo',
    unknown: 'Unknown',
    yes: 'Yes',
  },
  desk: desk.en,
  settings: settings.en,
} as const;

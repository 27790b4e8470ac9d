import { budgets } from './budgets.ts';
import { desk } from './desk.ts';
import { frame } from './frame.ts';
import { home } from './home.ts';
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
    just_now: 'just now',
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
  problem: {
    title: 'That did not work',
    kept: 'What was saved before is unchanged.',
    kept_busy: 'Nothing was lost. Try again in a moment.',
    copy: 'Copy error number {id}',
    denied: 'Your role does not show this',
    denied_text: 'This area is closed to your role.',
    denied_who: 'The owner of the company can open it under Settings, Roles.',
  },
  desk: desk.en,
  frame: frame.en,
  home: home.en,
  budgets: budgets.en,
  settings: settings.en,
} as const;

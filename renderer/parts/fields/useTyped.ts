import { useState } from 'react';
import type { Field } from '#contract/kit/field.ts';
import { read, write } from './read.ts';

interface Typed {
  readonly text: string;
  readonly type: (text: string) => void;
  /** Puts the text into its usual form, or says what is wrong with it. */
  readonly leave: () => void;
  readonly problem: string | undefined;
}

/**
 * The text of a field that is typed freely (days, numbers). The value follows each keystroke, so that Ctrl+S saves what is seen;
 * the text takes its usual form when the field is left. `tell` hears of a text that is no value, so that nobody saves over it.
 */
export function useTyped(field: Field, value: unknown, currency: string, change: (value: unknown) => void, tell: (problem: string | null) => void): Typed {
  const [state, setState] = useState({ text: write(field, value, currency), value });
  const [problem, setProblem] = useState<string>();
  // A value from elsewhere (undo, reload, a calendar) replaces the text; one that was just typed does not.
  if (!Object.is(state.value, value)) {
    setState({ text: write(field, value, currency), value });
    if (problem) setProblem(undefined);
  }
  return {
    text: state.text,
    problem,
    type: (text) => {
      const got = read(field, text, currency);
      if ('problem' in got) {
        setState({ text, value });
        tell(got.problem);
      } else {
        setState({ text, value: got.value });
        setProblem(undefined);
        tell(null);
        if (!Object.is(got.value, value)) change(got.value);
      }
    },
    leave: () => {
      const got = read(field, state.text, currency);
      if ('problem' in got) setProblem(got.problem);
      else setState({ text: write(field, got.value, currency), value: got.value });
    },
  };
}

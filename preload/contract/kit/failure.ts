import { type Words, w } from './words.ts';

/** Every way a call can fail. The command line turns each into its own exit code. */
export const failureCodes = ['invalid', 'denied', 'missing', 'conflict', 'busy', 'bug'] as const;
export type FailureCode = (typeof failureCodes)[number];

/** What a caller is told. `field` names the input that is wrong; `id` finds a bug in the log. */
export interface Failure {
  readonly code: FailureCode;
  readonly message: string;
  readonly field?: string;
  readonly id?: string;
}

export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

/** Exit code of the command line for each failure; 0 is success, 2 is a wrong command line. */
export const exitCodes: Readonly<Record<FailureCode, number>> = {
  invalid: 3,
  denied: 4,
  missing: 5,
  conflict: 6,
  busy: 7,
  bug: 70,
};

/**
 * A rule said no. Thrown by handlers and rules, caught by the router alone, which turns it into a `Failure`
 * in the language of the user. Nothing that was written in the same transaction stays.
 */
export class Refused extends Error {
  readonly code: FailureCode;
  readonly words: Words;
  readonly params: Readonly<Record<string, unknown>>;
  readonly field: string | undefined;

  constructor(code: FailureCode, words: Words, params: Readonly<Record<string, unknown>> = {}, field?: string) {
    super(words.en.replace(/\{(\w+)\}/g, (place, key: string) => (key in params ? String(params[key]) : place)));
    this.name = 'Refused';
    this.code = code;
    this.words = words;
    this.params = params;
    this.field = field;
  }
}

/** Refusals that every room uses. A room's own refusals stand in its own file. */
export const refusals = {
  denied: w('Your role does not allow this. The owner can change it under Settings, Roles.', 'Ihre Rolle erlaubt das nicht. Der Inhaber kann es unter Einstellungen, Rollen ändern.'),
  signIn: w('Please sign in first.', 'Bitte zuerst anmelden.'),
  missing: w('{what} {id} does not exist, or has been removed.', '{what} {id} gibt es nicht oder nicht mehr.'),
  stale: w('Changed by {who} at {when} while you were editing. Nothing of yours was saved; reload to see the new values.', 'Von {who} um {when} geändert, während Sie bearbeiteten. Von Ihnen wurde nichts gespeichert; laden Sie neu, um die neuen Werte zu sehen.'),
  unknownCall: w('There is no call named “{name}”.', 'Einen Aufruf „{name}“ gibt es nicht.'),
  input: w('{field}: {problem}', '{field}: {problem}'),
  required: w('{field} must be filled in.', '{field} muss ausgefüllt sein.'),
  taken: w('{field} “{value}” is already used by {what} {id}.', '{field} „{value}“ wird schon von {what} {id} verwendet.'),
  refMissing: w('{field}: there is no {what} {id}.', '{field}: {what} {id} gibt es nicht.'),
  busy: w('A long-running change ({what}) is being saved. Yours was not; please try again when it is done.', 'Eine lange Änderung ({what}) wird gerade gespeichert. Ihre wurde es nicht; bitte danach noch einmal versuchen.'),
  bug: w('Something went wrong inside Bureau. Nothing was changed. Error number {id} is in the log.', 'In Bureau ist etwas schiefgegangen. Es wurde nichts geändert. Fehlernummer {id} steht im Protokoll.'),
  reused: w('This request id was already used for another call.', 'Diese Anfragenummer wurde schon für einen anderen Aufruf verwendet.'),
  cancelled: w('Cancelled. Nothing was changed.', 'Abgebrochen. Es wurde nichts geändert.'),
} as const;

import type { Language } from '#contract/kit/words.ts';
import { office } from '../office.ts';
import { sessionNow, useDoor } from './session.ts';

/** Switches the language of this window and this PC and of the signed-in user. */
export async function setLanguage(language: Language): Promise<void> {
  useDoor.setState({ spoken: language });
  await office['desk.appearance']({ language });
  if (sessionNow()) await office['session.set_language']({ language });
}

import type { Language } from '#contract/kit/words.ts';
import { office } from '../office.ts';
import { can, sessionNow, useDoor } from './session.ts';

/** Switches the language of this window and this PC, and of the signed-in user where the role may write users. */
export async function setLanguage(language: Language): Promise<void> {
  useDoor.setState({ spoken: language });
  await office['desk.appearance']({ language });
  const session = sessionNow();
  if (!session || !can(session, 'user', 'write')) return;
  const { id, version } = await office['user.get']({ id: session.user_id });
  await office['user.update']({ id, version, patch: { language } });
}

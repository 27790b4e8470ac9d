// `npm start`: sets up what is missing, builds what has changed, opens the window. Arguments go to the program.
import { resolve } from 'node:path';
import { buildIfChanged } from './build.mjs';
import { foreground } from './child.mjs';
import { electronCommand } from './launch.mjs';
import { ROOT } from './paths.mjs';
import { run, Stop } from './say.mjs';
import { setup } from './setup.mjs';
import { mustWrite } from './user.mjs';

const words = process.argv.slice(2);
/** npm changes to the checkout; relative paths are meant from where the person stands. */
const here = process.env.INIT_CWD ?? process.cwd();

/** The folder after --company, if one is named. */
function namedCompany() {
  const at = words.findIndex((word) => word === '--company' || word.startsWith('--company='));
  const name = at < 0 ? undefined : (words[at].split('=')[1] ?? words[at + 1]);
  return name === undefined ? undefined : resolve(here, name);
}

await run(async () => {
  const { node } = await setup();
  if ((await buildIfChanged(node)) !== 0) throw new Stop('the build failed; its words are above.');
  const electron = await electronCommand(node);
  try {
    const company = namedCompany();
    if (electron.user && company) mustWrite(electron.user, company);
    const env = { ...process.env, ...electron.env };
    return await foreground(electron.executable, [...electron.args, ...words], { cwd: electron.app === ROOT ? here : electron.app, env });
  } finally {
    electron.stop();
  }
});

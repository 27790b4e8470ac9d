// `node scripts/window.mjs FILE args…`: runs a TypeScript file that opens the window itself (pictures, timings):
// built, on a display of its own, as the user that runs Electron, with BUREAU_ELECTRON and BUREAU_APP set.
import { join, relative, resolve } from 'node:path';
import { buildIfChanged } from './build.mjs';
import { electronCommand, runBeside } from './launch.mjs';
import { ROOT } from './paths.mjs';
import { run, Stop } from './say.mjs';
import { setup } from './setup.mjs';

await run(async () => {
  const [file, ...args] = process.argv.slice(2);
  if (!file) throw new Stop('which file? node scripts/window.mjs FILE args…');
  const { node } = await setup();
  if ((await buildIfChanged(node)) !== 0) throw new Stop('the build failed; its words are above.');
  const electron = await electronCommand(node, { ownDisplay: true });
  try {
    const inside = join(electron.app, relative(ROOT, resolve(file)));
    return await runBeside(electron, node, ['--disable-warning=ExperimentalWarning', inside, ...args]);
  } finally {
    electron.stop();
  }
});

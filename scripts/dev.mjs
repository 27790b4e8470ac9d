// `npm run dev`: the window with hot reload.
import { foreground } from './child.mjs';
import { VITE } from './build.mjs';
import { electronCommand } from './launch.mjs';
import { ROOT } from './paths.mjs';
import { run, Stop } from './say.mjs';
import { setup } from './setup.mjs';
import { forgetBuild } from './sources.mjs';

await run(async () => {
  const { node } = await setup();
  const electron = await electronCommand(node);
  try {
    if (electron.app !== ROOT) throw new Stop('hot reload needs a checkout that the user running Electron may read.');
    forgetBuild(); // out/ holds a development build from now on
    const env = { ...process.env, ...electron.env, ELECTRON_EXEC_PATH: electron.executable };
    return await foreground(node, [VITE, 'dev', ...process.argv.slice(2)], { cwd: ROOT, env });
  } finally {
    electron.stop();
  }
});

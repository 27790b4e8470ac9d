// `npm start`: sets up what is missing, builds what has changed, opens the window. Arguments go to the program.
import { buildIfChanged } from './build.mjs';
import { foreground } from './child.mjs';
import { electronCommand } from './launch.mjs';
import { run, Stop } from './say.mjs';
import { setup } from './setup.mjs';

await run(async () => {
  const { node } = await setup();
  if ((await buildIfChanged(node)) !== 0) throw new Stop('the build failed; its words are above.');
  const electron = await electronCommand(node);
  try {
    const args = [...electron.args, ...process.argv.slice(2)];
    return await foreground(electron.executable, args, { cwd: electron.app, env: { ...process.env, ...electron.env } });
  } finally {
    electron.stop();
  }
});

// electron-builder calls this on each unpacked program, before it is signed and wrapped.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { burnFuses } from './fuses.mjs';

export default async function afterPack({ appOutDir, packager, electronPlatformName }) {
  const mac = electronPlatformName === 'darwin';
  const name = packager.appInfo.productFilename;
  const resources = mac ? join(appOutDir, `${name}.app`, 'Contents', 'Resources') : join(appOutDir, 'resources');
  // Electron's own welcome page comes along when an unpacked Electron is used.
  rmSync(join(resources, 'default_app.asar'), { force: true });
  if (mac) return burnFuses(join(appOutDir, `${name}.app`));
  return burnFuses(join(appOutDir, electronPlatformName === 'win32' ? `${name}.exe` : packager.executableName));
}

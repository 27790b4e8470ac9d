// The switches burnt into the packaged program, and reading them back.
import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';

const WANTED = {
  // None of these lets somebody else's code run as Bureau.
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  // Bureau has no cookies; encrypting them would need a keyring that many offices do not have.
  [FuseV1Options.EnableCookieEncryption]: false,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  // Left as Electron has it: only speed and memory of WebAssembly hang on it.
  [FuseV1Options.WasmTrapHandlers]: true,
};

export function burnFuses(binary) {
  return flipFuses(binary, { version: FuseVersion.V1, resetAdHocDarwinSignature: process.platform === 'darwin', ...WANTED });
}

/** One line a fuse that is not as wanted; a fuse this Electron does not have cannot be wrong. */
export async function wrongFuses(binary) {
  const wire = await getCurrentFuseWire(binary);
  return Object.entries(WANTED).flatMap(([fuse, on]) => {
    const state = wire[fuse];
    if (state === undefined || state === FuseState.REMOVED) return [];
    return (state === FuseState.ENABLE) === on ? [] : [`${FuseV1Options[fuse]} is ${on ? 'off' : 'on'}`];
  });
}

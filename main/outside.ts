/**
 * What may be handed to the system to open outside Bureau: a web page or a letter to write. Decided by the parsed address alone;
 * everything else (programs, files, shares, other protocols) stays shut. Returns the address to open, or null.
 */
export function opensOutside(address: unknown): string | null {
  if (typeof address !== 'string' || address.length > 2000) return null;
  // Control characters, spaces and backslashes are read differently by different programs.
  if (/[\u0000-\u0020\u007f\\"<>^`{|}]/.test(address)) return null;
  const url = URL.parse(address);
  if (!url) return null;
  if (url.protocol === 'https:') return url.username === '' && url.password === '' && url.hostname !== '' ? url.href : null;
  if (url.protocol === 'mailto:') return isLetter(url) ? url.href : null;
  return null;
}

/** Some mail programs would attach a local file named in the address; the plain parameters are enough for us. */
function isLetter(url: URL): boolean {
  const plain = new Set(['subject', 'body', 'cc', 'bcc', 'to']);
  return [...url.searchParams.keys()].every((key) => plain.has(key.toLowerCase())) && !/%0[ad]/i.test(url.pathname);
}

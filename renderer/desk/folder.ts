/** Folders as the PC writes them; the window never opens one, it only proposes names. */

const separator = (path: string): string => (path.includes('\\') ? '\\' : '/');

/** What systems refuse in names of folders is left out. */
export const folderName = (name: string): string =>
  name
    .replace(/[<>:"/\\|?*\p{Cc}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[. ]+$/, '')
    .slice(0, 80);

export const inside = (folder: string, name: string): string => `${folder.replace(/[/\\]+$/, '')}${separator(folder)}${folderName(name)}`;

/** Sign-in name from a name: "Anna-Lena Groß" is "anna-lena.gross". */
export const signInFrom = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/\s+/g, '.')
    .replace(/[^\p{L}\p{N}.-]/gu, '')
    .slice(0, 60);

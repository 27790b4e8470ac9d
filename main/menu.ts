import { type BrowserWindow, Menu, type MenuItemConstructorOptions, type WebContents } from 'electron';
import { type Language, say, w } from '#contract/kit/words.ts';

/** The keys that belong to the window itself. The menu is not shown on Windows and Linux; every other action is in the page. */

const words = {
  edit: w('Edit', 'Bearbeiten'),
  undo: w('Undo', 'Rückgängig'),
  redo: w('Redo', 'Wiederholen'),
  cut: w('Cut', 'Ausschneiden'),
  copy: w('Copy', 'Kopieren'),
  paste: w('Paste', 'Einfügen'),
  all: w('Select all', 'Alles auswählen'),
  view: w('View', 'Ansicht'),
  larger: w('Larger', 'Größer'),
  smaller: w('Smaller', 'Kleiner'),
  normal: w('Normal size', 'Normale Größe'),
  full: w('Full screen', 'Vollbild'),
  quit: w('Quit Bureau', 'Bureau beenden'),
} as const;

const zooms = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2] as const;

/** The next size up (1), down (-1), or the normal one (0). */
export function zoomStep(from: number, step: -1 | 0 | 1): number {
  if (step === 0) return 1;
  const near = zooms.reduce((best, zoom) => (Math.abs(zoom - from) < Math.abs(best - from) ? zoom : best), zooms[0] as number);
  const index = (zooms as readonly number[]).indexOf(near) + step;
  return zooms[Math.min(Math.max(index, 0), zooms.length - 1)]!;
}

export function setMenu(language: Language, options: { readonly dev: boolean; readonly window: () => BrowserWindow | null; readonly zoomed: (zoom: number) => void }): void {
  const t = (key: keyof typeof words): string => say(words[key], language);
  const mac = process.platform === 'darwin';
  // Outside macOS these keys work without the menu, and the page must get Ctrl+Z first.
  const role = (name: NonNullable<MenuItemConstructorOptions['role']>, key: keyof typeof words): MenuItemConstructorOptions => ({ role: name, label: t(key), registerAccelerator: mac });
  const zoom = (key: keyof typeof words, accelerator: string, step: -1 | 0 | 1, visible = true): MenuItemConstructorOptions => ({
    label: t(key),
    accelerator,
    visible,
    acceleratorWorksWhenHidden: true,
    click: () => {
      const page = options.window()?.webContents;
      if (page) zoomPage(page, step, options.zoomed);
    },
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const template: MenuItemConstructorOptions[] = [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    { label: t('edit'), submenu: [role('undo', 'undo'), role('redo', 'redo'), separator, role('cut', 'cut'), role('copy', 'copy'), role('paste', 'paste'), role('selectAll', 'all')] },
    {
      label: t('view'),
      submenu: [
        zoom('larger', 'CommandOrControl+Plus', 1),
        zoom('larger', 'CommandOrControl+=', 1, false),
        zoom('larger', 'CommandOrControl+numadd', 1, false),
        zoom('smaller', 'CommandOrControl+-', -1),
        zoom('smaller', 'CommandOrControl+numsub', -1, false),
        zoom('normal', 'CommandOrControl+0', 0),
        separator,
        { role: 'togglefullscreen', label: t('full') },
        ...(options.dev ? [separator, { role: 'reload' } as const, { role: 'toggleDevTools', accelerator: 'F12' } as const] : []),
        ...(mac ? [] : [separator, { role: 'quit', label: t('quit'), accelerator: 'CommandOrControl+Q' } as const]),
      ],
    },
    ...(mac ? [{ role: 'windowMenu' } as const] : []),
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

export function zoomPage(page: WebContents, step: -1 | 0 | 1, zoomed: (zoom: number) => void): void {
  const zoom = zoomStep(page.getZoomFactor(), step);
  page.setZoomFactor(zoom);
  zoomed(zoom);
}

/** The menu of the right mouse button where text is typed or selected; elsewhere the page has its own. */
export function showTextMenu(window: BrowserWindow, at: Electron.ContextMenuParams, language: Language): void {
  const selected = at.selectionText.trim() !== '';
  if (!at.isEditable && !selected) return;
  const items: MenuItemConstructorOptions[] = [
    ...(at.isEditable ? [{ role: 'cut', label: say(words.cut, language), enabled: at.editFlags.canCut } as const] : []),
    { role: 'copy', label: say(words.copy, language), enabled: at.editFlags.canCopy },
    ...(at.isEditable ? [{ role: 'paste', label: say(words.paste, language), enabled: at.editFlags.canPaste } as const] : []),
    { role: 'selectAll', label: say(words.all, language) },
  ];
  Menu.buildFromTemplate(items).popup({ window });
}

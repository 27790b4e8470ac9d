import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge, DeskEvent } from './contract/company/desk.ts';

/** The gate between the window and the office: three functions, no event object and no ipcRenderer passes through. */
const bridge: Bridge = Object.freeze({
  call: (name: string, input: unknown, id: string): Promise<unknown> => ipcRenderer.invoke('call', String(name), input, String(id)),
  listen: (listener: (event: DeskEvent) => void): (() => void) => {
    const heard = (_event: unknown, told: DeskEvent): void => listener(told);
    ipcRenderer.on('event', heard);
    return () => void ipcRenderer.removeListener('event', heard);
  },
  dropped: async (file: unknown): Promise<Awaited<ReturnType<Bridge['dropped']>>> => {
    const path = file instanceof File ? webUtils.getPathForFile(file) : '';
    return path === '' ? null : ((await ipcRenderer.invoke('dropped', path)) as Awaited<ReturnType<Bridge['dropped']>>);
  },
});

contextBridge.exposeInMainWorld('bureau', bridge);

import { setTimeout as wait } from 'node:timers/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openOffice } from '../../main/office.ts';
import { cost, type Figure, median, round } from './figures.ts';
import type { Firm } from './firm.ts';

/** Opening a large company, and the first search that finds a misspelt word: the vocabulary is read in the worker. */
export async function measureOpening(firm: Firm): Promise<Figure[]> {
  const [times, walls, firsts, stalls, mains]: number[][] = [[], [], [], [], []];
  for (let turn = 0; turn < 5; turn += 1) {
    await firm.office.close();
    const opened = await cost(() => openOffice(firm.folder, firm.surroundings));
    firm.office = opened.value;
    times!.push(opened.threadMs);
    walls!.push(opened.ms);
    await wait(50);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const found = await cost(() => firm.ask('search.find', { text: 'margarte pembertn' }));
    delay.disable();
    firsts!.push(found.ms);
    mains!.push(found.threadMs);
    stalls!.push(delay.max / 1e6);
  }
  return [
    { name: 'Opening the company, main thread', value: median(times!), unit: 'ms CPU', target: 300, note: `first ${round(times![0]!)}, by the clock ${round(median(walls!))}` },
    { name: 'First misspelt search after opening, main thread', value: median(mains!), unit: 'ms CPU', target: 16, note: `answered after ${round(median(firsts!))} ms by the worker, which starts for it; longest stall ${round(median(stalls!))} ms` },
  ];
}

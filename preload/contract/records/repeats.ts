import type { Choice } from '../kit/field.ts';
import { w } from '../kit/words.ts';

/** Repeat rules (RFC 5545) that offices use every day, under their names; any other rule may be typed. */
export const usualRepeats: readonly Choice[] = [
  { value: 'FREQ=DAILY', label: w('Every day', 'Täglich') },
  { value: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', label: w('Every working day', 'Jeden Werktag') },
  { value: 'FREQ=WEEKLY', label: w('Every week', 'Wöchentlich') },
  { value: 'FREQ=WEEKLY;INTERVAL=2', label: w('Every two weeks', 'Alle zwei Wochen') },
  { value: 'FREQ=MONTHLY', label: w('Every month', 'Monatlich') },
  { value: 'FREQ=MONTHLY;BYMONTHDAY=-1', label: w('On the last day of the month', 'Am Monatsletzten') },
  { value: 'FREQ=MONTHLY;INTERVAL=3', label: w('Every quarter', 'Vierteljährlich') },
  { value: 'FREQ=YEARLY', label: w('Every year', 'Jährlich') },
];

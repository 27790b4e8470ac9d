import { isDay } from '#contract/kit/day.ts';
import { day } from '../../parts/format.ts';
import { t } from '../../t.ts';
import type { Typed } from '../templates/picking.ts';
import type { Head } from './model.ts';

/** What was put together when lines typed in quick entry joined an entry that was begun before, and what of them was left out. */
export function joinedWords(head: Pick<Head, 'day' | 'narration'>, typed: Typed, template: string): string {
  const [kept, left] = [head.narration.trim(), typed.narration.trim()];
  return [
    t('budgets.templates.joined', { name: template }),
    ...(isDay(typed.day) && typed.day !== head.day ? [t('budgets.templates.joinedDay', { day: isDay(head.day) ? day(head.day) : head.day, left: day(typed.day) })] : []),
    ...(left !== '' && kept !== '' && left !== kept ? [t('budgets.templates.joinedText', { text: kept, left })] : []),
  ].join(' ');
}

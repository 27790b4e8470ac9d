import i18next from 'i18next';
import { afterAll, describe, expect, test } from 'vitest';
import { taxCode } from '#contract/budgets/dimension.ts';
import { calendarKey, isoWeek, monthWeeks } from '../../renderer/parts/fields/calendar.ts';
import { plainScaled, readScaled } from '../../renderer/parts/fields/number.ts';
import { read, write } from '../../renderer/parts/fields/read.ts';
import { show } from '../../renderer/parts/fields/show.ts';
import { typedDay, typedTime } from '../../renderer/parts/fields/typedDay.ts';

const now = '2026-11-22'; // a Sunday

describe('days as they are typed', () => {
  test.each([
    ['1.3.26', '2026-03-01'], ['01/03/2026', '2026-03-01'], ['2026-03-01', '2026-03-01'], ['1.3.', '2026-03-01'], ['0103', '2026-03-01'], ['010326', '2026-03-01'], ['7', '2026-11-07'],
    ['today', now], ['heute', now], ['morgen', '2026-11-23'], ['+7', '2026-11-29'], ['-1', '2026-11-21'], ['+2w', '2026-12-06'], ['+1m', '2026-12-22'], ['-1j', '2025-11-22'],
    ['fr', '2026-11-27'], ['so', '2026-11-29'], ['Mon', '2026-11-23'], ['', ''],
  ])('%s', (text, day) => expect(typedDay(text, 'dmy', now)).toBe(day));
  test.each(['32.1.', '30.2.2026', 'soon', '13/13'])('%s is none', (text) => expect(typedDay(text, 'dmy', now)).toBeNull());
  test('the order of the country decides', () => {
    expect(typedDay('3/4', 'mdy', now)).toBe('2026-03-04');
    expect(typedDay('3/4', 'dmy', now)).toBe('2026-04-03');
    expect(typedDay('3.4.', 'mdy', now)).toBe('2026-04-03');
  });
});

describe('times as they are typed', () => {
  const at = new Date(2026, 10, 22, 8, 0);
  const on = (month: number, date: number, hours: number, minutes = 0): number => new Date(2026, month - 1, date, hours, minutes).getTime();
  test.each([
    ['1.3.26 14:30', on(3, 1, 14, 30)], ['today 9', on(11, 22, 9)], ['14:30', on(11, 22, 14, 30)], ['+1 9:15', on(11, 23, 9, 15)], ['1.3.26', on(3, 1, 0)], ['heute 9 uhr', on(11, 22, 9)], ['1/3/2026, 2 pm', on(3, 1, 14)],
  ])('%s', (text, ms) => expect(typedTime(text, 'dmy', at)).toBe(ms));
  test('nothing is nothing, and no time is none', () => {
    expect(typedTime(' ', 'dmy', at)).toBeNull();
    expect(typedTime('25:00', 'dmy', at)).toBeUndefined();
    expect(typedTime('later', 'dmy', at)).toBeUndefined();
  });
});

describe('figures as they are typed', () => {
  test('are read without losing a digit', () => {
    expect(readScaled('1.234,5', 2, ',')).toBe(123_450);
    expect(readScaled('1,234.56', 2, '.')).toBe(123_456);
    expect(readScaled('-0.05', 2, '.')).toBe(-5);
    expect(readScaled("1'000", 0, '.')).toBe(1000);
    expect(readScaled('', 2, '.')).toBeNull();
  });
  test('are refused when they hold more digits than are kept, or are none', () => {
    expect(readScaled('1.234', 2, '.')).toBeUndefined();
    expect(readScaled('12a', 0, '.')).toBeUndefined();
    expect(readScaled('9007199254740993', 0, '.')).toBeUndefined();
  });
  test('come back as they were typed', () => {
    for (const value of [0, 5, -5, 123_456, -100]) expect(readScaled(plainScaled(value, 2, ','), 2, ',')).toBe(value);
  });
});

describe('a share that is a percentage', () => {
  const rate = taxCode.fields.rate_ppm;
  const shown = (value: number): string => show(rate, value, {}, () => undefined, 'EUR').replace(/\s/g, ' ');
  afterAll(() => i18next.changeLanguage('en'));

  test.each([['en', '19', 190_000, '19%'], ['en', '19.5 %', 195_000, '19.5%'], ['en', '100%', 1_000_000, '100%'], ['en', '0', 0, '0%'], ['de', '19', 190_000, '19 %'], ['de', '19,5 %', 195_000, '19,5 %'], ['de', '8,875', 88_750, '8,875 %']])('in %s, %s is typed for %i and read as %s', async (language, typed, value, text) => {
    await i18next.changeLanguage(language);
    expect(read(rate, typed, '')).toEqual({ value });
    expect(shown(value)).toBe(text);
    expect(write(rate, value, '')).toBe(typed.replace(/\s*%/, ''));
  });
  test('is refused beyond a hundred', () => {
    expect(read(rate, '101', '')).toHaveProperty('problem');
    expect(read(rate, '19.00001', '')).toHaveProperty('problem');
  });
});

describe('the calendar', () => {
  test('shows whole weeks', () => {
    const weeks = monthWeeks('2026-11-22', 1);
    expect(weeks.length).toBe(6);
    expect(weeks[0]?.[0]).toBe('2026-10-26');
    expect(weeks.at(-1)?.at(-1)).toBe('2026-12-06');
  });
  test('keys lead by days, weeks and months', () => {
    expect(calendarKey('ArrowUp', false, '2026-11-22', 1)).toBe('2026-11-15');
    expect(calendarKey('Home', false, '2026-11-22', 1)).toBe('2026-11-16');
    expect(calendarKey('PageDown', false, '2026-01-31', 1)).toBe('2026-02-28');
    expect(calendarKey('PageUp', true, '2026-11-22', 1)).toBe('2025-11-22');
  });
  test('numbers weeks as ISO 8601 does', () => {
    expect(isoWeek('2026-01-01')).toBe(1);
    expect(isoWeek('2027-01-01')).toBe(53);
    expect(isoWeek('2024-12-30')).toBe(1);
  });
});

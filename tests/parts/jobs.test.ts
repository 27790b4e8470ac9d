import { describe, expect, it } from 'vitest';
import { paceOf, roughly } from '../../renderer/parts/jobs/rate.ts';

const job = (done: number, total: number) => ({ done, total, started_at: 1000 });

describe('the pace of a job', () => {
  it('says nothing about time before it can know', () => {
    expect(paceOf(job(10, 100), 1200)).toEqual({ part: 0.1, rate: null, left: null });
    expect(paceOf(job(0, 100), 9000)).toEqual({ part: 0, rate: null, left: null });
  });

  it('tells rate and time left from what is done', () => {
    expect(paceOf(job(50, 100), 6000)).toEqual({ part: 0.5, rate: 10, left: 5 });
    expect(paceOf(job(100, 100), 6000).left).toBe(0);
  });

  it('tells the rate but no end when the total is unknown', () => {
    expect(paceOf(job(50, 0), 6000)).toEqual({ part: null, rate: 10, left: null });
  });

  it('never shows more than all', () => {
    expect(paceOf(job(120, 100), 6000).part).toBe(1);
  });

  it('rounds time left as people say it', () => {
    expect(roughly(0.2)).toEqual({ unit: 'seconds', count: 1 });
    expect(roughly(31)).toEqual({ unit: 'seconds', count: 35 });
    expect(roughly(150)).toEqual({ unit: 'minutes', count: 3 });
    expect(roughly(8000)).toEqual({ unit: 'hours', count: 2 });
  });
});

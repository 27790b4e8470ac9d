import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { palette, place, scaleOf, thinning } from '../../renderer/parts/chart/scale.ts';

describe('the scale of a chart', () => {
  it('holds zero and every value, in round steps', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e12, max: 1e12 }), { minLength: 1, maxLength: 30 }), (thousandths) => {
        const values = thousandths.map((value) => value / 1000);
        const scale = scaleOf(values);
        const dust = (scale.high - scale.low) * 1e-6;
        expect(scale.low).toBeLessThanOrEqual(Math.min(0, ...values) + dust);
        expect(scale.high).toBeGreaterThanOrEqual(Math.max(0, ...values) - dust);
        expect(scale.ticks.length).toBeGreaterThanOrEqual(2);
        expect(scale.ticks.length).toBeLessThanOrEqual(8);
      }),
    );
  });

  it('writes ticks without the dust of binary fractions', () => {
    expect(scaleOf([0.3]).ticks).toEqual([0, 0.1, 0.2, 0.3]);
    expect(scaleOf([7]).ticks).toEqual([0, 2, 4, 6, 8]);
    expect(scaleOf([0.74, 0.79], 4, false).ticks).toEqual([0.74, 0.76, 0.78, 0.8]);
    expect(scaleOf([7], 4, false).ticks).toEqual(scaleOf([7]).ticks);
    expect(scaleOf([-5, 5], 4).ticks).toEqual([-5, -2.5, 0, 2.5, 5]);
  });

  it('survives nothing to draw', () => {
    expect(scaleOf([]).ticks).toEqual([0, 1]);
    expect(scaleOf([0, 0]).ticks).toEqual([0, 1]);
    expect(place(scaleOf([]), 0, 100)).toBe(0);
  });

  it('leaves out labels that would touch', () => {
    expect(thinning(12, 40, 600)).toBe(1);
    expect(thinning(24, 50, 600)).toBe(2);
    expect(thinning(5, 10, 0)).toBeGreaterThan(0);
  });
});

describe('the colours of a chart', () => {
  const light = (hex: string): number => {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a: string, b: string): number => {
    const [low, high] = [light(a), light(b)].toSorted((x, y) => x - y) as [number, number];
    return (high + 0.05) / (low + 0.05);
  };

  it.each(palette)('%s stands out from the light and the dark ground', (colour) => {
    expect(contrast(colour, '#ffffff')).toBeGreaterThanOrEqual(3);
    expect(contrast(colour, '#252321')).toBeGreaterThanOrEqual(3);
    expect(contrast(colour, '#000000')).toBeGreaterThanOrEqual(3);
  });
});

import { makeStyles, tokens } from '@fluentui/react-components';
import type { KeyboardEvent } from 'react';
import { ChartFrame } from './ChartFrame.tsx';
import { palette, place, scaleOf } from './scale.ts';

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** Opens what the bar counts. */
  readonly open?: () => void;
}

export interface BarChartProps {
  /** The finding: "Half of all people work in two departments". */
  readonly title: string;
  /** What is drawn: "People by department, 22 November 2026". */
  readonly about: string;
  readonly bars: readonly Bar[];
  /** Heading of the first column of the table. */
  readonly by: string;
  /** Heading of the figures, with their unit. */
  readonly of: string;
  readonly format: (value: number) => string;
}

const useStyles = makeStyles({
  svg: { display: 'block', overflow: 'visible', fontFamily: tokens.fontFamilyBase, fontSize: '12px' },
  label: { fill: tokens.colorNeutralForeground1 },
  value: { fill: tokens.colorNeutralForeground1, fontVariantNumeric: 'tabular-nums' },
  zero: { stroke: tokens.colorNeutralStrokeAccessible },
  open: { cursor: 'pointer', outline: 'none', ':hover rect': { opacity: 0.8 }, ':focus-visible rect': { stroke: tokens.colorStrokeFocus2, strokeWidth: '2px' } },
});

const step = 24;
const bar = 16;
/** What a 12 px figure takes, roughly; enough to keep labels from running out of the drawing. */
const glyph = 6.6;

const cut = (text: string, room: number): string => (text.length * glyph <= room ? text : `${text.slice(0, Math.max(1, Math.floor(room / glyph) - 1))}…`);

/** Bars from a common zero, each with its label and its figure; longest list that reads well is about 20. */
export function BarChart({ title, about, bars, by, of, format }: BarChartProps) {
  return (
    <ChartFrame title={title} about={about} table={{ columns: [by, of], rows: bars.map((one) => [one.label, format(one.value)]) }}>
      {(width) => <Bars bars={bars} width={width} format={format} summary={`${about}. ${bars.map((one) => `${one.label}: ${format(one.value)}`).join('; ')}`} />}
    </ChartFrame>
  );
}

function Bars({ bars, width, format, summary }: { readonly bars: readonly Bar[]; readonly width: number; readonly format: (value: number) => string; readonly summary: string }) {
  const styles = useStyles();
  const scale = scaleOf(bars.map((one) => one.value));
  const left = Math.min(width * 0.4, Math.max(0, ...bars.map((one) => one.label.length * glyph)) + 12);
  const right = Math.max(0, ...bars.map((one) => format(one.value).length * glyph)) + 12;
  const room = Math.max(40, width - left - right);
  const x = (value: number): number => left + place(scale, value, room);
  const openable = bars.some((one) => one.open);
  return (
    <svg className={styles.svg} width={width} height={bars.length * step} role={openable ? 'group' : 'img'} aria-label={summary}>
      {bars.map((one, at) => {
        const [from, to] = [Math.min(x(0), x(one.value)), Math.max(x(0), x(one.value))];
        const { open } = one;
        const onKeyDown = (event: KeyboardEvent): void => {
          if (!open || (event.key !== 'Enter' && event.key !== ' ')) return;
          event.preventDefault();
          open();
        };
        const drawn = (
          <>
            <title>{`${one.label}: ${format(one.value)}`}</title>
            <rect x={from} y={at * step + (step - bar) / 2} width={Math.max(one.value === 0 ? 0 : 1, to - from)} height={bar} rx={1} fill={palette[0]} />
            <text className={styles.label} x={left - 8} y={at * step + step / 2} textAnchor="end" dominantBaseline="central" aria-hidden>
              {cut(one.label, left - 12)}
            </text>
            <text className={styles.value} x={to + 6} y={at * step + step / 2} dominantBaseline="central" aria-hidden>
              {format(one.value)}
            </text>
          </>
        );
        return open ? (
          <g key={at} className={styles.open} role="button" tabIndex={0} onClick={open} onKeyDown={onKeyDown}>
            {drawn}
          </g>
        ) : (
          <g key={at}>{drawn}</g>
        );
      })}
      <line className={styles.zero} x1={x(0)} x2={x(0)} y1={0} y2={bars.length * step} />
    </svg>
  );
}

import { makeStyles, tokens } from '@fluentui/react-components';
import type { KeyboardEvent } from 'react';
import type { DigitRow } from '#contract/budgets/engagement.ts';
import { ChartFrame } from '../../parts/chart/ChartFrame.tsx';
import { palette, place, scaleOf, thinning } from '../../parts/chart/scale.ts';

const useStyles = makeStyles({
  svg: { display: 'block', overflow: 'visible', fontFamily: tokens.fontFamilyBase, fontSize: '12px' },
  text: { fill: tokens.colorNeutralForeground3, fontVariantNumeric: 'tabular-nums' },
  grid: { stroke: tokens.colorNeutralStroke3 },
  zero: { stroke: tokens.colorNeutralStrokeAccessible },
  open: { cursor: 'pointer', outline: 'none', ':hover rect': { opacity: 0.8 }, ':focus-visible rect': { stroke: tokens.colorStrokeFocus2, strokeWidth: '2px' } },
  law: { fill: 'none', stroke: palette[1], strokeWidth: '2px' },
});

const height = 220;
const [left, bottom, top] = [52, 24, 8];

export interface DigitsChartProps {
  readonly rows: readonly DigitRow[];
  readonly title: string;
  readonly about: string;
  readonly heads: readonly [string, string, string];
  readonly percent: (share: number) => string;
  readonly open: (digits: number) => void;
}

/** Found shares as bars, what the law expects as a line; a bar opens the lines it counts. */
export function DigitsChart({ rows, title, about, heads, percent, open }: DigitsChartProps) {
  return (
    <ChartFrame title={title} about={about} table={{ columns: heads, rows: rows.map((row) => [String(row.digits), percent(row.share), percent(row.expected)]) }}>
      {(width) => <Drawn rows={rows} width={width} percent={percent} about={about} open={open} />}
    </ChartFrame>
  );
}

function Drawn({ rows, width, percent, about, open }: Pick<DigitsChartProps, 'rows' | 'percent' | 'about' | 'open'> & { readonly width: number }) {
  const styles = useStyles();
  const scale = scaleOf(rows.flatMap((row) => [row.share, row.expected]));
  const step = (width - left) / Math.max(1, rows.length);
  const bar = Math.max(2, Math.min(40, step * 0.7));
  const room = height - top - bottom;
  const y = (share: number): number => top + room - place(scale, share, room);
  const middle = (at: number): number => left + step * (at + 0.5);
  const every = thinning(rows.length, 22, width - left);
  return (
    <svg className={styles.svg} width={width} height={height} role="group" aria-label={about}>
      {scale.ticks.map((tick) => (
        <g key={tick}>
          <line className={tick === 0 ? styles.zero : styles.grid} x1={left} x2={width} y1={y(tick)} y2={y(tick)} />
          <text className={styles.text} x={left - 8} y={y(tick)} textAnchor="end" dominantBaseline="central" aria-hidden>
            {percent(tick).replace(/[.,]0+(?=\D*$)/, '')}
          </text>
        </g>
      ))}
      {rows.map((row, at) => {
        const label = `${row.digits}: ${percent(row.share)} (${percent(row.expected)})`;
        const onKeyDown = (event: KeyboardEvent): void => {
          if (event.key !== 'Enter' && event.key !== ' ') return;
          event.preventDefault();
          open(row.digits);
        };
        return (
          <g key={row.digits} className={styles.open} role="button" tabIndex={0} aria-label={label} onClick={() => open(row.digits)} onKeyDown={onKeyDown}>
            <title>{label}</title>
            <rect x={middle(at) - step / 2} y={top} width={step} height={room} fill="transparent" />
            <rect x={middle(at) - bar / 2} y={y(row.share)} width={bar} height={Math.max(row.share === 0 ? 0 : 1, y(0) - y(row.share))} fill={palette[0]} />
            {at % every === 0 && (
              <text className={styles.text} x={middle(at)} y={height - 6} textAnchor="middle" aria-hidden>
                {row.digits}
              </text>
            )}
          </g>
        );
      })}
      <path className={styles.law} d={rows.map((row, at) => `${at === 0 ? 'M' : 'L'}${middle(at).toFixed(1)} ${y(row.expected).toFixed(1)}`).join('')} pointerEvents="none" />
    </svg>
  );
}

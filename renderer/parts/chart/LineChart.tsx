import { makeStyles, tokens } from '@fluentui/react-components';
import { ChartFrame } from './ChartFrame.tsx';
import { dashes, palette, place, type Scale, scaleOf, thinning } from './scale.ts';

export interface Series {
  readonly label: string;
  /** One value for each point, null where there is none: the line is broken there, not drawn through. */
  readonly values: readonly (number | null)[];
}

export interface LineChartProps {
  /** The finding: "Open tasks have halved since March". */
  readonly title: string;
  /** What is drawn: "Open tasks at the end of each month, 2026". */
  readonly about: string;
  /** Labels along the bottom, in order. */
  readonly points: readonly string[];
  /** At most six. */
  readonly series: readonly Series[];
  readonly by: string;
  readonly format: (value: number) => string;
  readonly height?: number;
  /** False where values are compared with each other and never with nothing, such as rates: the axis begins near the least. */
  readonly fromZero?: boolean;
}

const useStyles = makeStyles({
  svg: { display: 'block', overflow: 'visible', fontFamily: tokens.fontFamilyBase, fontSize: '12px' },
  text: { fill: tokens.colorNeutralForeground2, fontVariantNumeric: 'tabular-nums' },
  name: { fill: tokens.colorNeutralForeground1, fontWeight: tokens.fontWeightSemibold },
  grid: { stroke: tokens.colorNeutralStroke3 },
  zero: { stroke: tokens.colorNeutralStrokeAccessible },
});

const glyph = 6.6;
const foot = 26;
const head = 8;

/** Lines over time, each with its name at its end; the axis begins at zero unless told otherwise. */
export function LineChart({ title, about, points, series, by, format, height = 200, fromZero = true }: LineChartProps) {
  const shown = series.slice(0, palette.length);
  const table = { columns: [by, ...shown.map((one) => one.label)], rows: points.map((point, at) => [point, ...shown.map((one) => said(one.values[at], format))]) };
  const ends = shown.map((one) => `${one.label}: ${said(one.values.find((value) => value !== null), format)} → ${said(one.values.findLast((value) => value !== null), format)}`);
  return (
    <ChartFrame title={title} about={about} table={table}>
      {(width) => <Lines width={width} height={height} points={points} series={shown} format={format} fromZero={fromZero} summary={`${about}. ${ends.join('; ')}`} />}
    </ChartFrame>
  );
}

const said = (value: number | null | undefined, format: (value: number) => string): string => (value === null || value === undefined ? '–' : format(value));

interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly points: readonly string[];
  readonly series: readonly Series[];
  readonly format: (value: number) => string;
  readonly fromZero: boolean;
  readonly summary: string;
}

function Lines({ width, height, points, series, format, fromZero, summary }: Drawing) {
  const styles = useStyles();
  const scale = scaleOf(series.flatMap((one) => one.values.filter((value) => value !== null)), 4, fromZero);
  const left = Math.max(...scale.ticks.map((tick) => format(tick).length * glyph)) + 10;
  const right = Math.min(width * 0.3, Math.max(0, ...series.map((one) => one.label.length * glyph)) + 14);
  const room = Math.max(40, width - left - right);
  const x = (at: number): number => left + (points.length < 2 ? room / 2 : (at / (points.length - 1)) * room);
  const y = (value: number): number => height - foot - place(scale, value, height - foot - head);
  const every = thinning(points.length, Math.max(0, ...points.map((point) => point.length)) * glyph + 12, room);
  const names = apart(series.map((one) => y(one.values.findLast((value) => value !== null) ?? 0)), 14);
  return (
    <svg className={styles.svg} width={width} height={height} role="img" aria-label={summary}>
      <Grid scale={scale} left={left} to={left + room} y={y} format={format} />
      {points.map((point, at) =>
        at % every === 0 ? (
          <text key={at} className={styles.text} x={x(at)} y={height - 4} textAnchor="middle">
            {point}
          </text>
        ) : null,
      )}
      {series.map((one, at) => (
        <g key={one.label}>
          <path d={pathOf(one.values, x, y)} fill="none" stroke={palette[at]} strokeWidth={2} strokeDasharray={dashes[at]} strokeLinejoin="round" />
          {lone(one.values).map((point) => (
            <circle key={point} cx={x(point)} cy={y(one.values[point] ?? 0)} r={2.5} fill={palette[at]} />
          ))}
          <rect x={left + room + 6} y={(names[at] ?? 0) - 1} width={6} height={3} fill={palette[at]} />
          <text className={styles.name} x={left + room + 16} y={names[at]} dominantBaseline="central">
            {one.label}
          </text>
        </g>
      ))}
    </svg>
  );
}

function Grid({ scale, left, to, y, format }: { readonly scale: Scale; readonly left: number; readonly to: number; readonly y: (value: number) => number; readonly format: (value: number) => string }) {
  const styles = useStyles();
  return (
    <>
      {scale.ticks.map((tick) => (
        <g key={tick}>
          <line className={tick === 0 ? styles.zero : styles.grid} x1={left} x2={to} y1={y(tick)} y2={y(tick)} />
          <text className={styles.text} x={left - 8} y={y(tick)} textAnchor="end" dominantBaseline="central">
            {format(tick)}
          </text>
        </g>
      ))}
    </>
  );
}

/** A path that lifts the pen where a value is missing. */
export function pathOf(values: readonly (number | null)[], x: (at: number) => number, y: (value: number) => number): string {
  return values.map((value, at) => (value === null ? '' : `${at === 0 || values[at - 1] === null ? 'M' : 'L'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`)).join('');
}

/** Points without a neighbour, which a line alone would not show. */
export const lone = (values: readonly (number | null)[]): readonly number[] =>
  values.flatMap((value, at) => (value !== null && (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null ? [at] : []));

/** Moves labels down until none covers another. */
export function apart(wanted: readonly number[], gap: number): readonly number[] {
  const placed: number[] = [];
  const order = wanted.map((at, index) => ({ at, index })).toSorted((a, b) => a.at - b.at);
  let free = Number.NEGATIVE_INFINITY;
  for (const { at, index } of order) {
    placed[index] = Math.max(at, free);
    free = (placed[index] ?? at) + gap;
  }
  return placed;
}

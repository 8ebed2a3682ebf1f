const WIDTH = 168;
const HEIGHT = 32;
const EDGE = 4;

/** A line of monthly values with its target, dashed; months without a value leave a gap. Its numbers stand beside it, so it is not read out. */
export function Sparkline({ points, target }: { points: readonly (number | null)[]; target: number | null }) {
  const values = [...points, target].filter((value): value is number => value !== null);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (index: number): number => EDGE + (index / Math.max(1, points.length - 1)) * (WIDTH - 2 * EDGE);
  const y = (value: number): number => (high === low ? HEIGHT / 2 : HEIGHT - EDGE - ((value - low) / (high - low)) * (HEIGHT - 2 * EDGE));
  const runs: string[] = [];
  points.forEach((value, index) => {
    if (value === null) return;
    const joined = index > 0 && points[index - 1] !== null;
    runs.push(`${joined ? 'L' : 'M'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`);
  });
  const last = points.findLastIndex((value) => value !== null);
  return (
    <svg className="gc-sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden focusable="false">
      {target !== null && values.length > 1 && <line x1={EDGE} x2={WIDTH - EDGE} y1={y(target)} y2={y(target)} className="gc-sparkline-target" />}
      <path d={runs.join('')} />
      {last >= 0 && <circle cx={x(last)} cy={y(points[last]!)} r="2.5" />}
    </svg>
  );
}

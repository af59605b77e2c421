interface DeviationBarProps {
  readonly deviation: number;
  /** Allowed deviation below and above; null when the measure is not balanced. */
  readonly band: readonly [number, number] | null;
  /** Deviation at the ends of the bar. */
  readonly reach: number;
}

const WIDTH = 120;
const HEIGHT = 14;

/** A deviation as a bar from the target line, with the tolerance band behind it. */
export function DeviationBar({ deviation, band, reach }: DeviationBarProps) {
  const x = (value: number) => WIDTH / 2 + (Math.max(-1, Math.min(1, value / reach)) * WIDTH) / 2;
  const outside = band !== null && (deviation < band[0] - 1e-9 || deviation > band[1] + 1e-9);
  const [from, to] = [Math.min(x(0), x(deviation)), Math.max(x(0), x(deviation))];
  return (
    <svg class="deviation-bar" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      {band && <rect class="band" x={x(band[0])} width={x(band[1]) - x(band[0])} y="0" height={HEIGHT} />}
      <rect class={outside ? 'load outside' : 'load'} x={from} width={Math.max(1, to - from)} y="4" height="6" />
      <line class="target" x1={x(0)} x2={x(0)} y1="0" y2={HEIGHT} />
    </svg>
  );
}

import { mass, percent } from "../format";
import { text } from "../strings/text";

/** How much of a high bound is allocated, as a bar and as text. */
export function CoverageBar({ covered, high }: { covered: bigint; high: bigint }) {
  const share = high === 0n ? 0 : Number((covered * 1000n) / high);
  return (
    <div className="bounds">
      <svg viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
        <rect className="bar-track" x="0" y="0" width="1000" height="10" rx="4" />
        <rect className="bar-covered" x="0" y="0" width={Math.min(share, 1000)} height="10" rx="4" />
      </svg>
      <p className="small soft number">
        <strong>{percent(covered, high)}</strong> · {text.coverage.of(mass(covered), mass(high))}
      </p>
      {covered > high && <p className="small">{text.coverage.over}</p>}
    </div>
  );
}

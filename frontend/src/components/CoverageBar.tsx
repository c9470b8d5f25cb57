import { mass, percent } from "../format";
import { text } from "../strings/publicText";

interface Props {
  covered: bigint;
  high: bigint;
  /** Says in words what is covered of what. */
  words?: (covered: string, high: string) => string;
}

/** How much of a high bound is allocated, as a bar and as text. */
export function CoverageBar({ covered, high, words = text.coverage.of }: Props) {
  const share = high === 0n ? 0 : Number((covered * 1000n) / high);
  return (
    <div className="bounds">
      <svg className="coverage-bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
        <rect className="bar-track" x="0" y="0" width="1000" height="10" rx="4" />
        <rect className="bar-covered" x="0" y="0" width={Math.min(share, 1000)} height="10" rx="4" />
      </svg>
      <p className="small soft number">
        <strong>{percent(covered, high)}</strong> · {words(mass(covered, "down"), mass(high, "up"))}
      </p>
      {covered > high && <p className="small">{text.coverage.over}</p>}
    </div>
  );
}

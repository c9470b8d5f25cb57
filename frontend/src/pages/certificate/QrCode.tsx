import { encode } from "uqr";

/** Quiet zone around the code, in modules: ISO/IEC 18004 asks for four. */
const QUIET = 4;

/** The modules of a QR code as one SVG path, a square for each dark one. */
export function qrPath(text: string): { size: number; path: string } {
  const { data, size } = encode(text, { border: 0, ecc: "M" });
  const squares = data.flatMap((row, y) =>
    row.flatMap((dark, x) => (dark ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : [])),
  );
  return { size: size + 2 * QUIET, path: squares.join("") };
}

/** A text as a QR code, dark on white in every scheme, so that any camera reads it. */
export default function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = qrPath(text);
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}

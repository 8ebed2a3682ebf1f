/** Smallest scale at which names on a diagram can be read. */
const READABLE = 0.55;

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Canvas {
  zoom(level?: number | 'fit-viewport', center?: 'auto'): number;
  viewbox(box: Box): unknown;
}

/** The whole diagram with a little air where it can be read so; else, readable, the place that matters: where the case stands, or the first element. */
export function showWhereItStands(canvas: Canvas, place: Box | undefined, size: { width: number; height: number }): void {
  // Not laid out, e.g. hidden: nothing can be fitted.
  if (size.width === 0 || size.height === 0) return;
  const scale = canvas.zoom('fit-viewport', 'auto') * 0.92;
  if (scale >= READABLE || place === undefined) {
    canvas.zoom(Math.min(scale, 1.25), 'auto');
    return;
  }
  const width = size.width / (READABLE + 0.1);
  const height = size.height / (READABLE + 0.1);
  canvas.viewbox({ x: place.x + place.width / 2 - width / 2, y: place.y + place.height / 2 - height / 2, width, height });
}

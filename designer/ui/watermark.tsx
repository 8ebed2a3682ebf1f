import type { ReactNode } from 'react';
import { Watermark } from 'antd';

/** Lays lines of text faintly over its content, so that a picture of the screen says who took it and when. Nothing of it can be clicked or read out. */
export function Marked({ lines, children }: { lines: readonly string[] | null; children: ReactNode }) {
  if (lines === null) return children;
  return <Watermark className="gc-marked" content={[...lines]} font={{ fontSize: 13, color: 'rgba(120, 130, 140, 0.16)' }} gap={[96, 96]} rotate={-20}>{children}</Watermark>;
}

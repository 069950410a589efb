import type { MermaidFlowchart } from './mermaid.ts';

/**
 * What Mermaid draws at most where nobody has set it up otherwise: its `maxTextSize` and `maxEdges`. Both are keys that
 * a flowchart cannot raise for itself, neither in its front matter nor by a directive: only `mermaid.initialize` can.
 */
export const mermaidLimits = { characters: 50_000, lines: 500 } as const;

/** By what a flowchart is too large for Mermaid's limits, in the order of `mermaidLimits`; empty where it is not. */
export function mermaidExcess({ source, lines }: MermaidFlowchart): (keyof typeof mermaidLimits)[] {
  return [
    ...(source.length > mermaidLimits.characters ? (['characters'] as const) : []),
    ...(lines > mermaidLimits.lines ? (['lines'] as const) : []),
  ];
}

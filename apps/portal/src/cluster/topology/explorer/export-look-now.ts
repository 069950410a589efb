import { tokens } from '@fluentui/react-components';
import {
  type EdgeKind,
  type ExportLook,
  type NodeKind,
  edgeKindSchema,
  nodeKindSchema,
} from '@slipway/topology';
import { edgeLooks } from '../edge-look.ts';
import { pieceColor } from '../piece-look.tsx';

const mixed = (color: string, share: number): string =>
  `color-mix(in srgb, ${color} ${share}%, ${tokens.colorNeutralBackground1})`;

/** The colours and the font that the theme around an element stands for, as plain values that every program knows. */
export function exportLookAt(place: HTMLElement): ExportLook {
  const probe = document.createElement('span');
  // Read in the middle of a transition it would say the colour before.
  probe.style.setProperty('transition', 'none', 'important');
  place.append(probe);
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const plain = (color: string): string => {
    probe.style.color = '';
    probe.style.color = color;
    const computed = getComputedStyle(probe).color;
    if (!context) return computed;
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = computed;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
  };
  const pieces = new Map(
    nodeKindSchema.options.map((kind): [NodeKind, string] => [kind, plain(pieceColor(kind))]),
  );
  const edges = new Map(
    edgeKindSchema.options.map((kind): [EdgeKind, { color: string; width: number; dash?: string }] => {
      const { color, width, dashes } = edgeLooks[kind];
      const line = { color: plain(color), width };
      return [kind, dashes === 'none' ? line : { ...line, dash: dashes }];
    }),
  );
  const teal = plain(tokens.colorPaletteTealBorderActive);
  const grape = plain(tokens.colorPaletteGrapeBorderActive);
  const text = plain(tokens.colorNeutralForeground1);
  const stroke = plain(tokens.colorNeutralStroke1);
  const background = plain(tokens.colorNeutralBackground1);
  const look: ExportLook = {
    background,
    text,
    quiet: plain(tokens.colorNeutralForeground3),
    stroke,
    card: background,
    frames: {
      service: {
        stroke: plain(tokens.colorBrandStroke1),
        fill: plain(mixed(tokens.colorBrandBackground2, 22)),
      },
      network: { stroke: teal, fill: plain(mixed(tokens.colorPaletteTealBackground2, 22)) },
      subnet: { stroke: teal, fill: plain(mixed(tokens.colorPaletteTealBackground2, 45)), dash: '4 3' },
      set: { stroke: grape, fill: plain(mixed(tokens.colorPaletteGrapeBackground2, 30)), dash: '4 3' },
      machine: { stroke: grape, fill: background },
      plain: { stroke, fill: background },
    },
    pieces: (kind) => pieces.get(kind) ?? text,
    edges: (kind) => edges.get(kind) ?? { color: stroke, width: 1 },
    highlight: plain(tokens.colorBrandStroke1),
    uncertain: plain(tokens.colorStatusWarningForeground1),
    failed: plain(tokens.colorStatusDangerForeground1),
    done: plain(tokens.colorStatusSuccessForeground1),
    fontFamily: "'Segoe UI', -apple-system, BlinkMacSystemFont, Roboto, sans-serif",
  };
  probe.remove();
  return look;
}

/** How wide texts are in the font of a look, in pixels. */
export function measurer({ fontFamily }: ExportLook): (text: string, px: number, bold: boolean) => number {
  const context = document.createElement('canvas').getContext('2d');
  return (text, px, bold) => {
    if (!context) return text.length * px * 0.6;
    context.font = `${bold ? 600 : 400} ${px}px ${fontFamily}`;
    return context.measureText(text).width;
  };
}

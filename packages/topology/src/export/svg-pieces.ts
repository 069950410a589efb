import type { TopologyNode } from '../graph.ts';
import { isChip } from '../measures.ts';
import type { Box, PlacedNode } from '../placed.ts';
import { nameInParts, nameOnCard, shortTitle, titleOnCard } from '../piece-words.ts';
import { plainText, shortened } from '../plain-text.ts';
import { frameKindOf } from './export-look.ts';
import { elideEnd, elideStart, wrapText } from './fit-text.ts';
import {
  smallLine,
  smallPx,
  smallStyle,
  svgText,
  titleLine,
  titlePx,
  titleStyle,
  type SvgDrawing,
} from './svg-drawing.ts';
import { phaseOf, phaseWords } from '../piece-state.ts';
import { borderOf, opacityOf, stateSign } from './svg-state.ts';
import { xmlElement, xmlText } from './xml-element.ts';

interface PieceDrawing {
  node: TopologyNode;
  placed: PlacedNode;
  drawing: SvgDrawing;
}

/** Where texts begin and how much stays free around them, in pixels. */
const side = 8;
const besideIcon = 31;
const iconSize = 18;
/** A card lower than this holds one line. */
const lowest = 44;
const signRoom = 20;
const servicePx = 15;
const chipSide = 6;
const chipPx = 11.5;

/** A frame around other pieces, with its title above them; `headerHeight` is what they leave free, in pixels. */
export function drawFrame(piece: PieceDrawing, headerHeight: number): string {
  const { node, placed, drawing } = piece;
  const { look } = drawing;
  const frameKind = frameKindOf(node.kind);
  const frame = look.frames[frameKind];
  const border = borderOf(phaseOf(node, drawing.states.get(node.id)), drawing);
  const box = xmlElement('rect', {
    ...rect(placed),
    rx: 8,
    fill: frame.fill,
    // What rules lie in is framed in its own colour.
    stroke: border.stroke ?? strokeOf(piece, frameKind === 'plain' ? look.pieces(node.kind) : frame.stroke),
    'stroke-width': border.width ?? (isLit(piece) ? 2.5 : node.kind === 'containerService' ? 2 : 1.25),
    'stroke-dasharray': border.dash ?? frame.dash,
  });
  const isService = node.kind === 'containerService';
  const px = isService ? servicePx : titlePx;
  const x = placed.x + besideIcon;
  const width = Math.min(placed.titleWidth, placed.width) - besideIcon - side;
  const [title = ''] = titleLines(piece, width - signRoom, 1);
  const small = smallStyle(drawing);
  const lines = Math.min(2, Math.max(0, Math.floor((headerHeight - 26) / smallLine)));
  const name = nameOnCard(plainText(node.name));
  const detail = [powerText(piece), plainText(node.detail ?? '')].filter(Boolean).join(' · ');
  const words = [name, detail].filter(Boolean);
  const { start, end } = nameInParts(name);
  const below =
    lines === 2 && frameKindOf(node.kind) === 'machine'
      ? [elideStart(start, end, width, small), ...wrapText(detail, width, 1, small)]
      : wrapText(words.join(' · '), width, lines, small);
  return group(piece, [
    box,
    iconOf(piece, placed.x + side, placed.y + 6),
    svgText(title, { x, y: placed.y + (isService ? 21 : 19), px, color: look.text, bold: true }),
    signOf(piece, x + drawing.measure(title, px, true) + 12, placed.y + 15),
    ...below.map((line, index) =>
      svgText(line, { x, y: placed.y + 36 + index * smallLine, px: smallPx, color: look.quiet }),
    ),
  ]);
}

/** A piece that contains nothing, or whose contents are not shown: there are more cards behind the one of a scale set. */
export function drawCard(piece: PieceDrawing): string {
  const { node, placed, drawing } = piece;
  const { look } = drawing;
  const border = borderOf(phaseOf(node, drawing.states.get(node.id)), drawing);
  const isMachine = frameKindOf(node.kind) === 'machine';
  const stroke = border.stroke ?? strokeOf(piece, isMachine ? look.frames.machine.stroke : look.stroke);
  const card = (offset: number): string =>
    xmlElement('rect', {
      ...rect({ ...placed, x: placed.x + offset, y: placed.y + offset }),
      rx: 6,
      fill: look.card,
      stroke,
      'stroke-width': border.width ?? (isLit(piece) ? 2.5 : 1),
      'stroke-dasharray': border.dash,
    });
  const cards = node.kind === 'scaleSet' ? [card(8), card(4), card(0)] : [card(0)];
  return group(piece, [...cards, ...contentOf(piece)]);
}

function contentOf(piece: PieceDrawing): string[] {
  if (piece.node.kind !== 'extension' && isChip(piece.node.kind)) return chip(piece);
  return piece.placed.height < lowest ? lowCard(piece) : highCard(piece);
}

/** What a rule or route does: its title alone, in one line or two. */
function chip(piece: PieceDrawing): string[] {
  const { node, placed, drawing } = piece;
  const phase = phaseOf(node, drawing.states.get(node.id));
  // What is done needs no sign on every line of a list.
  const hasSign = phase !== undefined && phase !== 'done';
  const room = placed.width - 2 * chipSide - (hasSign ? signRoom : 0);
  const most = Math.max(1, Math.floor((placed.height - 6) / smallLine));
  const style = { px: chipPx, bold: false, measure: drawing.measure };
  const lines = wrapText(plainText(node.title), room, most, style);
  const middle = placed.y + placed.height / 2;
  return [
    ...lines.map((line, index) =>
      svgText(line, {
        x: placed.x + chipSide,
        y: middle + 4 + (index - (lines.length - 1) / 2) * smallLine,
        px: chipPx,
        color: drawing.look.text,
      }),
    ),
    ...(hasSign ? [stateSign(phase, placed.x + placed.width - 11, middle, drawing)] : []),
  ];
}

function lowCard(piece: PieceDrawing): string[] {
  const { placed, drawing } = piece;
  const middle = placed.y + placed.height / 2;
  const room = placed.width - besideIcon - side / 2 - (signOf(piece, 0, 0) === '' ? 0 : signRoom);
  const [title = ''] = titleLines(piece, room, 1);
  const text = {
    x: placed.x + besideIcon,
    y: middle + 4.5,
    px: titlePx,
    color: drawing.look.text,
    bold: true,
  };
  return [
    iconOf(piece, placed.x + side, middle - iconSize / 2),
    svgText(title, text),
    signOf(piece, placed.x + placed.width - 13, middle),
  ];
}

function highCard(piece: PieceDrawing): string[] {
  const { node, placed, drawing } = piece;
  const { look } = drawing;
  const small = smallStyle(drawing);
  const detail = [powerText(piece), plainText(node.detail ?? ''), insideText(piece)]
    .filter(Boolean)
    .join(' · ');
  const name = node.kind === 'internet' ? '' : nameOnCard(plainText(node.name));
  const wanted = (name === '' ? 0 : 1) + (detail === '' ? 0 : 1);
  const titleRoom = Math.floor((placed.height - 16 - wanted * smallLine) / titleLine);
  const titleWidth = placed.width - besideIcon - side / 2;
  const title = titleLines(piece, titleWidth, Math.max(1, Math.min(2, titleRoom)));
  const top = wanted === 0 ? placed.y + (placed.height - title.length * titleLine) / 2 - 1 : placed.y + 6;
  const firstBelow = top + Math.max(iconSize, title.length * titleLine + 1) + 2;
  const room = Math.floor((placed.y + placed.height - 4 - firstBelow) / smallLine);
  const nameRoom = Math.min(2, room - (detail === '' ? 0 : 1));
  const hasSign = signOf(piece, 0, 0) !== '';
  const width = placed.width - 2 * side;
  const { start, end } = nameInParts(name);
  const names =
    name === '' || nameRoom < 1
      ? []
      : nameRoom === 1
        ? [elideStart(start, end, width, small)]
        : wrapText(name, width, nameRoom, small);
  const details =
    detail === '' || room < 1 ? [] : [elideEnd(detail, width - (hasSign ? signRoom : 0), small)];
  return [
    iconOf(piece, placed.x + side, top),
    ...title.map((line, index) =>
      svgText(line, {
        x: placed.x + besideIcon,
        y: top + 13 + index * titleLine,
        px: titlePx,
        color: look.text,
        bold: true,
      }),
    ),
    ...[...names, ...details].map((line, index) =>
      svgText(line, {
        x: placed.x + side,
        y: firstBelow + 12 + index * smallLine,
        px: smallPx,
        color: index >= names.length ? look.text : look.quiet,
      }),
    ),
    signOf(piece, placed.x + placed.width - 13, placed.y + placed.height - 13),
  ];
}

const rect = ({ x, y, width, height }: Box): Box => ({ x, y, width, height });

/** The title in lines that fit; the short word for a network interface where the long one does not. */
function titleLines(piece: PieceDrawing, width: number, lines: number): string[] {
  const { node, placed, drawing } = piece;
  const parent = placed.parent === undefined ? undefined : drawing.nodes.get(placed.parent);
  const count = node.count === undefined ? '' : ` × ${node.count}`;
  const title = `${plainText(titleOnCard(node, parent))}${count}`;
  const style = { ...titleStyle(drawing), ...(node.kind === 'containerService' ? { px: servicePx } : {}) };
  const whole = wrapText(title, width, lines, style);
  return whole.at(-1)?.endsWith('…') ? wrapText(shortTitle(title), width, lines, style) : whole;
}

/** What a closed container hides; a scale set says it by its count. */
const insideText = ({ node, placed }: PieceDrawing): string =>
  placed.isClosed && node.kind !== 'scaleSet' && placed.inside > 0 ? `${placed.inside} inside` : '';

/** What a machine's power is where it does not run. */
function powerText({ node, drawing }: PieceDrawing): string {
  const power = drawing.states.get(node.id)?.power;
  return power === undefined || power === 'running' ? '' : plainText(power);
}

function iconOf({ node, drawing }: PieceDrawing, x: number, y: number): string {
  const fill = drawing.look.pieces(node.kind);
  const d = drawing.icon?.(node.kind);
  if (d === undefined || d === '') {
    return xmlElement('rect', { x: x + 3, y: y + 3, width: 12, height: 12, rx: 3, fill });
  }
  return xmlElement('path', { d, fill, transform: `translate(${x} ${y}) scale(0.9)` });
}

/** The sign of its state; nothing where none is known. */
function signOf({ node, drawing }: PieceDrawing, x: number, y: number): string {
  const phase = phaseOf(node, drawing.states.get(node.id));
  return phase === undefined ? '' : stateSign(phase, x, y, drawing);
}

const isLit = ({ node, drawing }: PieceDrawing): boolean => drawing.highlight?.pieces.has(node.id) ?? false;

function strokeOf(piece: PieceDrawing, own: string): string {
  const { node, drawing } = piece;
  if (drawing.highlight?.blockedAt === node.id) return drawing.look.failed;
  if (drawing.highlight?.untracedAt === node.id) return drawing.look.uncertain;
  return isLit(piece) ? drawing.look.highlight : own;
}

/** All of one piece; a name in full and a reason stand in its title, which viewers show to the pointer. */
function group(piece: PieceDrawing, parts: readonly string[]): string {
  const { node, placed, drawing } = piece;
  const { highlight } = drawing;
  const state = drawing.states.get(node.id);
  const phase = phaseOf(node, state);
  const isStopped = highlight?.blockedAt === node.id;
  const isUntraced = highlight?.untracedAt === node.id;
  const isEnd = isStopped || isUntraced;
  const isFaded = highlight && !isEnd && !highlight.pieces.has(node.id) && !placed.isContainer;
  const said = [
    `${node.title}: ${node.name}`,
    node.detail,
    phase && phaseWords[phase],
    state?.power,
    state?.why,
    isStopped ? 'Stopped here' : undefined,
    isUntraced ? 'Not traced further' : undefined,
  ].filter((words) => words !== undefined);
  const title = xmlElement('title', {}, [xmlText(shortened(said.map(plainText).join(' · '), 600))]);
  const corner = { x: placed.x + placed.width, y: placed.y };
  const stop = isStopped
    ? [stateSign('failed', corner.x, corner.y, drawing)]
    : isUntraced
      ? [questionMark(corner, drawing)]
      : [];
  return xmlElement('g', { opacity: isFaded ? 0.3 : opacityOf(phase) }, [title, ...parts, ...stop]);
}

/** Stands where it is not known how a connection goes on. */
function questionMark({ x, y }: { x: number; y: number }, drawing: SvgDrawing): string {
  const { background, uncertain } = drawing.look;
  return xmlElement('g', {}, [
    xmlElement('circle', { cx: x, cy: y, r: 8, fill: uncertain }),
    svgText('?', { x, y: y + 4.5, px: smallPx, color: background, bold: true, anchor: 'middle' }),
  ]);
}

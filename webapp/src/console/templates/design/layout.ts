/** Where the boxes of the flow stand and which lines join them, in pixels. Reads top down, branches left to right. */
import { branchesOf, isGroup, type Branch, type Lane, type Node } from './tree.ts';

export const BOX = { width: 168, height: 52 };
const PILL = { width: 150, height: 40 };
const GAP = { down: 46, side: 16 };
/** More branches are read better in a list than in a drawing. */
export const MOST_DRAWN = 5;

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export interface NodeBox extends Place {
  readonly kind: 'node';
  readonly node: Node;
}
export interface BranchBox extends Place {
  readonly kind: 'branch';
  readonly group: Node;
  readonly branch: Branch;
  /** Of the group, from 0. */
  readonly at: number;
}
export interface PlusSpot {
  readonly x: number;
  readonly y: number;
  readonly lane: Lane | null;
  readonly at: number;
}
export interface Flow {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly (NodeBox | BranchBox)[];
  readonly pluses: readonly PlusSpot[];
  /** SVG path data. */
  readonly lines: readonly string[];
  readonly start: Place;
  readonly end: Place;
}

const isDrawn = (node: Node): boolean => isGroup(node) && branchesOf(node).length <= MOST_DRAWN;

const widthOf = (nodes: readonly Node[]): number =>
  Math.max(BOX.width, ...nodes.map((node) => (isDrawn(node) ? groupWidth(node) : BOX.width)));

const groupWidth = (node: Node): number =>
  branchesOf(node).reduce((sum, { steps }) => sum + widthOf(steps) + GAP.side, -GAP.side);

export function layOut(steps: readonly Node[]): Flow {
  const made = { boxes: [] as (NodeBox | BranchBox)[], pluses: [] as PlusSpot[], lines: [] as string[] };
  const width = widthOf(steps);
  const middle = width / 2;
  const end = { width: 110, height: 34 };
  const start = { x: middle - end.width / 2, y: 0, ...end };
  const bottom = lane(made, steps, null, middle, start.height);
  return {
    width,
    height: bottom + end.height,
    ...made,
    start,
    end: { x: middle - end.width / 2, y: bottom, ...end },
  };
}

type Made = { boxes: (NodeBox | BranchBox)[]; pluses: PlusSpot[]; lines: string[] };

/** Draws a lane from `top` on. @returns where it ends */
function lane(made: Made, nodes: readonly Node[], inside: Lane | null, middle: number, top: number): number {
  const down = (at: number, y: number): number => {
    made.lines.push(`M${middle} ${y}V${y + GAP.down}`);
    made.pluses.push({ x: middle, y: y + GAP.down / 2, lane: inside, at });
    return y + GAP.down;
  };
  let y = down(0, top);
  nodes.forEach((node, at) => {
    y = isDrawn(node) ? group(made, node, middle, y) : box(made, node, middle, y);
    y = down(at + 1, y);
  });
  return y;
}

function box(made: Made, node: Node, middle: number, y: number): number {
  made.boxes.push({ kind: 'node', node, x: middle - BOX.width / 2, y, ...BOX });
  return y + BOX.height;
}

function group(made: Made, node: Node, middle: number, top: number): number {
  const head = box(made, node, middle, top);
  const fork = head + 18;
  const pills = fork + 14;
  let left = middle - groupWidth(node) / 2;
  const ends = branchesOf(node).map((branch, at) => {
    const width = widthOf(branch.steps);
    const x = left + width / 2;
    left += width + GAP.side;
    made.boxes.push({ kind: 'branch', group: node, branch, at, x: x - PILL.width / 2, y: pills, ...PILL });
    made.lines.push(`M${middle} ${head}V${fork}H${x}V${pills}`);
    const inside = { group: node.key, branch: branch.key };
    return { x, y: lane(made, branch.steps, inside, x, pills + PILL.height) };
  });
  const join = Math.max(...ends.map(({ y }) => y)) + 10;
  for (const { x, y } of ends) made.lines.push(`M${x} ${y}V${join}H${middle}`);
  return join;
}

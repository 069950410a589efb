import { familyName } from './addresses.ts';
import type { Connection } from './connection.ts';
import { noGoal, noWalk, packetOfMachine } from './first-packet.ts';
import { familyOfGoal, goalParty, type Goal } from './goal.ts';
import { goalsAt } from './goals.ts';
import { leave } from './leave.ts';
import type { Origin } from './origin.ts';
import { takesPort } from './takes-port.ts';
import type { Walk } from './walk.ts';
import { called, capital, listed, withAddress, type TraceContext } from './words.ts';

/** Follows a connection that a machine opens, to everything that its target stands for. */
export function fromMachine(
  context: TraceContext,
  connection: Connection,
  origin: Extract<Origin, { kind: 'attachment' }>,
): Walk[] {
  const { attachments } = origin;
  const networkId = (attachments.ipv4 ?? attachments.ipv6)?.subnet?.networkId;
  const { goals, name } = goalsAt(context, connection, networkId);
  if (goals.length === 0) return [noWalk(connection, noGoal(context, connection, name))];
  const [first] = goals;
  const reachable = ofOneFamily(goals.filter((goal) => attachments[familyOfGoal(goal)] !== undefined));
  if (first && reachable.length === 0) {
    const own = listed((['ipv4', 'ipv6'] as const).filter((family) => attachments[family]).map(familyName));
    const why = `${capital(origin.name)} connects by ${own} here, and ${name} is reached by ${familyName(familyOfGoal(first))} alone: Azure translates between them nowhere.`;
    return [noWalk(connection, { piece: pieceOf(origin), why })];
  }
  const matching = reachable.filter((goal) => takesPort(context, connection, goal));
  const chosen = matching.length > 0 ? matching : reachable;
  return chosen.flatMap((goal) => {
    const source = attachments[familyOfGoal(goal)];
    if (!source) return [];
    const to = goalName(context, goal, { name, isOne: chosen.length === 1, to: connection.to });
    const packet = packetOfMachine(connection, source, { from: origin.name, to });
    return leave(context, { ...packet, destination: goalParty(goal) }, source, goal);
  });
}

const isEither = ({ kind }: Goal): boolean => kind === 'attachment' || kind === 'internet';

/** Of machines, and of the internet, that are reached by both families the one way that everything has: IPv4. */
function ofOneFamily(goals: readonly Goal[]): readonly Goal[] {
  const hasV4 = goals.some((goal) => isEither(goal) && familyOfGoal(goal) === 'ipv4');
  return hasV4 ? goals.filter((goal) => !isEither(goal) || familyOfGoal(goal) === 'ipv4') : goals;
}

function pieceOf({ attachments }: Extract<Origin, { kind: 'attachment' }>): string {
  const source = attachments.ipv4 ?? attachments.ipv6;
  return source?.machineId ?? source?.interfaceId ?? 'internet';
}

function goalName(
  context: TraceContext,
  goal: Goal,
  { name, isOne, to }: { name: string; isOne: boolean; to: Connection['to'] },
): string {
  if (goal.kind !== 'attachment' || to.kind !== 'piece') return name;
  const { machineId, interfaceId, count, address } = goal.attachment;
  if (!isOne) return called(context, machineId ?? interfaceId);
  return count === 1 ? withAddress(name, address) : name;
}

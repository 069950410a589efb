import type { NextHop } from './effective-route.ts';
import { holderOf } from './goal.ts';
import { passGuards } from './guard.ts';
import type { Attachment } from './network-parts.ts';
import { routeFacts } from './route-facts.ts';
import { giveUpAt, toCheck } from './untraced.ts';
import { giveUp, pass, stop, type Step, type Walk } from './walk.ts';
import { addressText, called, Called, capital, targetName, type TraceContext } from './words.ts';

const why = 'the software that runs there decides whether it goes on, and where to';
const check = 'its own rules and routes, and then the connection from it to the destination';

/**
 * A user-defined route to an appliance: a machine that forwards, a load balancer before several of them, a firewall. What
 * security groups and IP forwarding make of it is known; what the appliance makes of it is not (virtual network traffic
 * routing, «Virtual appliance»).
 */
export function toAppliance(
  context: TraceContext,
  walk: Walk,
  source: Attachment,
  { route: by, address }: Extract<NextHop, { kind: 'appliance' }>,
): Walk {
  const holder = address === undefined ? undefined : holderOf(context, address, source.subnet?.networkId);
  const shown = addressText(address);
  const step: Step = {
    piece: by.id,
    with: [source.subnet?.routeTableId, source.subnet?.id],
    says: `Route ${by.name} sends what is meant for ${by.prefix} to the appliance at ${shown}.`,
    facts: routeFacts(context, by, source.subnet),
  };
  switch (holder?.kind) {
    case undefined:
      return giveUp(
        walk,
        {
          ...step,
          says: `${step.says} What stands there is not among these resources.`,
          facts: [...(step.facts ?? []), toCheck(`what has the address ${shown}, ${check}`)],
        },
        `Not traced further than route ${by.name}: it leads to the appliance at ${shown}, which is not among these resources.`,
      );
    case 'untraced':
      return giveUpAt(context, pass(walk, step), holder.piece.id);
    case 'frontend': {
      const { id } = holder.placed.balancer;
      return giveUp(
        pass(walk, step),
        {
          piece: id,
          says: `${Called(context, id)} hands it to one of the appliances behind it. What becomes of it is not traced: ${why}.`,
          facts: [toCheck(check)],
        },
        `Not traced further than ${called(context, id)} and the appliances behind it: ${why}.`,
      );
    }
    case 'attachment':
      return toMachine(context, walk, source, holder.attachment, step);
  }
}

function toMachine(
  context: TraceContext,
  walk: Walk,
  source: Attachment,
  appliance: Attachment,
  step: Step,
): Walk {
  const name = targetName(context, appliance);
  if (appliance.id === source.id) {
    return stop(
      walk,
      { ...step, says: `${step.says} That is where it comes from: this goes round in circles.` },
      `Stopped at ${name}: its subnet’s routes send what it passes on back to itself.`,
    );
  }
  const routed = passGuards(context, pass(walk, step), appliance, 'inbound');
  if (routed.end) return routed;
  const at = { piece: appliance.interfaceId, with: [appliance.machineId, appliance.subnet?.id] };
  if (!appliance.forwards) {
    return stop(
      routed,
      {
        ...at,
        says: `${capital(name)} gets it, but its interface is not allowed to forward what is meant for others (IP forwarding is off).`,
      },
      `Stopped at ${name}: its interface may not forward (IP forwarding is off).`,
    );
  }
  return giveUp(
    routed,
    {
      ...at,
      says: `${capital(name)} gets it as an appliance. What becomes of it is not traced: ${why}.`,
      facts: [toCheck(check)],
    },
    `Not traced further than the appliance ${name}: ${why}.`,
  );
}

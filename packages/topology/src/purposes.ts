import { purposeOfType } from './resource-kind.ts';
import type { PieceRole } from './titles.ts';
import { ruleKindOfType } from './traffic.ts';

/** What a piece is for, in one to three plain sentences. */
export function purposeOf(piece: PieceRole): string {
  const { kind, role } = piece;
  switch (kind) {
    case 'containerService':
      return 'Everything inside this frame belongs to one container service. It was made as one thing and is deleted as one thing.';
    case 'internet':
      return 'Everyone and everything outside. What comes from here can only enter through a public address.';
    case 'publicIp':
      return purposeOfPublicIp(piece);
    case 'loadBalancer':
      return purposeOfLoadBalancer(piece);
    case 'networkSecurityGroup':
      return purposeOfSecurityGroup(piece);
    case 'virtualNetwork':
      return 'A private network of its own. Machines inside it reach each other by private addresses; nothing outside can.';
    case 'subnet':
      if (role === 'master') return 'The part of the private network that the masters live in.';
      if (role === 'agent')
        return 'The part of the private network that the agents live in, with room for many.';
      return 'A part of the private network with a range of addresses of its own.';
    case 'networkInterface':
      return 'Connects one machine to its subnet and holds its private address. The load balancer sends traffic here.';
    case 'availabilitySet':
      return 'Spreads its machines over separate racks (fault domains) and maintenance groups (update domains), so that one failure or one update never takes all of them.';
    case 'virtualMachine':
      if (role === 'master')
        return 'A master: it keeps the state of the cluster, decides where containers run, and takes your commands over SSH.';
      return 'A machine of this container service.';
    case 'extension':
      return 'Runs once after the machine has started: it forms or joins the cluster and checks that it worked. If it fails, the deployment fails and says why.';
    case 'scaleSet':
      if (role === 'agent')
        return 'The agents: identical machines that run your containers. Changing one number adds or removes machines.';
      return 'A set of identical machines. Changing one number adds or removes machines.';
    case 'scaleSetInstance':
      return role === 'agent'
        ? 'An agent: it runs the containers that the masters give it.'
        : 'One of the identical machines of a scale set.';
    case 'disk':
      if (piece.disk?.holds === 'data')
        return 'A disk for what the machine keeps beside its operating system: the data stays when the machine restarts.';
      if (piece.disk === undefined) return 'A disk that a machine can use, or that waits for one.';
      return 'The disk that the machine starts from. It holds the operating system.';
    case 'storageAccount':
      if (piece.keepsDiagnostics === true)
        return 'Keeps what the machines write while they start (boot diagnostics), to see what went wrong when one does not come up.';
      return 'Keeps files, and whatever else programs store in it.';
    case 'loadBalancerRule':
      return purposeOfRule(piece.type);
    case 'gateway':
      return purposeOfType(piece.type) ?? 'Traffic into or out of the private network passes here.';
    case 'securityRule':
      return 'One rule of the security group. The rules are asked in the order of their priority; the first that fits decides.';
    case 'routeTable':
      return 'Says where traffic that leaves a subnet goes next, where that is not the usual way.';
    case 'route':
      return 'Sends what is meant for these addresses another way than usual.';
    case 'outside':
      return 'Not one of these resources: an id in their properties leads here.';
    case 'other':
      return (
        purposeOfType(piece.type) ?? 'A resource of this group. The lines show what its properties refer to.'
      );
  }
}

function purposeOfPublicIp({ role }: PieceRole): string {
  if (role === 'master') {
    return 'The address under which you reach the masters from the internet, to manage the cluster over SSH.';
  }
  if (role === 'agent') {
    return 'The address under which the world reaches what your containers publish.';
  }
  return 'An address that can be reached from the internet.';
}

function purposeOfLoadBalancer({ role }: PieceRole): string {
  if (role === 'master') {
    return 'Passes SSH connections on to the masters: each master has a port of its own at the masters’ address.';
  }
  if (role === 'agent') {
    return 'Spreads requests over all agents that answer. To open another port to the internet, add a rule here.';
  }
  return 'Passes connections on to the machines behind it.';
}

function purposeOfSecurityGroup({ role }: PieceRole): string {
  if (role === 'master') {
    return 'Decides which connections may enter the masters’ subnet. What no rule allows is turned away.';
  }
  if (role === 'agent') {
    return 'Decides which connections may enter the agents’ subnet. What no rule allows is turned away.';
  }
  return 'Decides which connections may enter. What no rule allows is turned away.';
}

function purposeOfRule(type: string): string {
  switch (ruleKindOfType(type)) {
    case 'nat':
      return 'One way through the load balancer: what arrives at its port is passed on to one certain machine.';
    case 'outbound':
      return 'The way out: machines that this rule names reach the internet under the load balancer’s address.';
    case 'balanced':
    case undefined:
      return 'One way through the load balancer: what arrives at its port is passed on to one of the machines behind it.';
  }
}

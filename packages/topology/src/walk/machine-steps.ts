import type { TopologyNode } from '../graph.ts';
import { nameMeaning } from './name-meaning.ts';
import { numberInWords } from '../words.ts';
import { countOf, factOf, sentence, sentences, someInWords, type Tour } from './tour.ts';
import type { WalkStep } from './walk-step.ts';

/** The steps through the machines and what they use: availability set, masters, agents, set-up, disks, storage. */
export function machineSteps(tour: Tour): WalkStep[] {
  return [
    ...tour.of('availabilitySet').map((node) => availabilityStep(node, tour)),
    ...masterSteps(tour),
    ...otherMachineSteps(tour),
    ...tour.of('scaleSet').map((node) => scaleSetStep(node, tour)),
    ...setUpSteps(tour),
    ...diskSteps(tour),
    ...tour.of('storageAccount').map((node) => storageStep(node, tour)),
  ];
}

function withName(step: WalkStep, node: TopologyNode | undefined, tour: Tour): WalkStep {
  const name = node === undefined ? undefined : nameMeaning(node, tour);
  return name === undefined ? step : { ...step, name };
}

function availabilityStep(node: TopologyNode, tour: Tour): WalkStep {
  const faults = factOf(node, 'Fault domains');
  const updates = factOf(node, 'Update domains');
  const machines = tour.nodes.filter(({ parent, kind }) => parent === node.id && kind === 'virtualMachine');
  const cells = machines.flatMap(({ title, cell }) =>
    cell === undefined
      ? []
      : [
          `${title.charAt(0).toLowerCase()}${title.slice(1)} is in fault domain ${cell.faultDomain} and update domain ${cell.updateDomain}`,
        ],
  );
  return withName(
    {
      pieces: [node.id],
      title: node.title,
      what: sentences(
        'An availability set is a promise of Azure: machines in it do not all stand in one place.',
        faults !== undefined &&
          `It has ${faults} fault domains: racks with a power supply and a network switch of their own.`,
        updates !== undefined &&
          `It has ${updates} update domains: groups of which Azure services only one at a time.`,
        cells.length > 0 && `Here, ${cells.slice(0, 5).join('; ')}.`,
      ),
      why: sentences(
        'One broken power supply or one maintenance must not take all masters at once.',
        tour.masters.length >= 3 &&
          `A swarm works as long as more than half of its masters do: of ${numberInWords(tour.masters.length)}, ${numberInWords(Math.floor((tour.masters.length - 1) / 2))} may fail.`,
        tour.masters.length === 1 &&
          'With a single master there is little to spread; the set is there so that every cluster is built alike.',
      ),
      without:
        'Without it all masters might stand in the same rack, and that rack would be the end of the cluster.',
    },
    node,
    tour,
  );
}

function masterSteps({ masters, ...rest }: Tour): WalkStep[] {
  const tour = { masters, ...rest };
  const [first] = masters;
  if (!first) return [];
  const size = factOf(first, 'Size');
  const image = factOf(first, 'Image');
  const user = factOf(first, 'User');
  const isOne = masters.length === 1;
  return [
    withName(
      {
        pieces: masters.map(({ id }) => id),
        title: isOne ? 'The master' : `The ${countOf(masters.length, 'master', 'masters')}`,
        what: sentences(
          isOne
            ? 'One virtual machine: a computer that Azure simulates on a larger one.'
            : `${sentence(numberInWords(masters.length))} virtual machines: computers that Azure simulates on larger ones.`,
          'A master keeps the state of the cluster, decides on which agent a container runs, and takes your commands.',
          size !== undefined &&
            `The size is ${size}: Azure’s name for a certain number of processors and amount of memory.`,
          image !== undefined &&
            `${isOne ? 'It starts' : 'They start'} from the image ${image}: a disk with the operating system already on it.`,
          user !== undefined && `The user that you sign in as is ${user}.`,
        ),
        why: isOne
          ? 'Somebody has to decide. One master is enough to try things out; for real work there should be three or five, so that one may fail.'
          : 'Somebody has to decide, and the decision must survive a failure. So the masters agree among themselves, and more than half of them must agree. That is why their number is odd.',
        without:
          'Without masters the containers that run now would go on, but nothing could be started, moved or repaired any more.',
      },
      masters.at(-1),
      tour,
    ),
  ];
}

function otherMachineSteps(tour: Tour): WalkStep[] {
  const others = tour.of('virtualMachine').filter(({ role }) => role !== 'master');
  const [first] = others;
  if (!first) return [];
  const sizes = [...new Set(others.flatMap((node) => factOf(node, 'Size') ?? []))];
  return [
    withName(
      {
        pieces: others.map(({ id }) => id),
        title:
          others.length === 1
            ? 'The virtual machine'
            : `The ${countOf(others.length, 'virtual machine', 'virtual machines')}`,
        what: sentences(
          'A virtual machine is a computer that Azure simulates on a larger one. What is installed on it is its owner’s business.',
          sizes.length > 0 && `Size: ${someInWords(sizes, 4)}.`,
        ),
        why: 'All else around is there so that machines like this can be reached, be guarded and keep their data.',
        without: 'Without it what runs on it would not run.',
      },
      others.length === 1 ? first : undefined,
      tour,
    ),
  ];
}

function scaleSetStep(node: TopologyNode, tour: Tour): WalkStep {
  const count = node.count;
  const size = factOf(node, 'Machine size');
  const image = factOf(node, 'Image');
  const machines = tour.of('scaleSetInstance').filter(({ parent }) => parent === node.id);
  const isAgents = node.role === 'agent';
  return withName(
    {
      pieces: [node.id, ...machines.map(({ id }) => id)],
      title: isAgents ? 'The agents' : node.title,
      what: sentences(
        'A scale set is one description of a machine, and a number that says how many of it there shall be.',
        count !== undefined && `The number here is ${count}.`,
        size !== undefined && `Each is of the size ${size}.`,
        image !== undefined && `Each starts from the image ${image}.`,
      ),
      why: isAgents
        ? 'Agents run your containers. They are all alike, so that it does not matter on which one a container runs. When they have too much to do you change the number, and Azure makes more of them.'
        : 'Machines that are all alike need not be made one by one. Changing the number adds or removes some.',
      without: isAgents
        ? 'Without agents the masters would have nobody to run containers on.'
        : 'Without it each of these machines would have to be made, changed and deleted on its own.',
    },
    node,
    tour,
  );
}

function setUpSteps(tour: Tour): WalkStep[] {
  const scripts = tour
    .of('extension')
    .filter(({ parent }) => tour.byId.get(parent ?? '')?.kind !== 'scaleSetInstance');
  const [first] = scripts;
  if (!first) return [];
  const handler = factOf(first, 'Handler');
  return [
    withName(
      {
        pieces: scripts.map(({ id }) => id),
        title:
          scripts.length === 1
            ? first.title
            : `The ${countOf(scripts.length, 'set-up script', 'set-up scripts')}`,
        what: sentences(
          'Azure calls this an extension: something that it runs inside a machine once the machine has started.',
          handler !== undefined && `The handler, which is the program that runs it, is ${handler}.`,
        ),
        why:
          tour.masters.length > 0
            ? 'A fresh machine knows nothing of a cluster. The script forms the swarm on the first master, lets the other machines join it, and checks that it worked.'
            : 'A fresh machine has only its operating system. The script does the rest.',
        without:
          'Without it the machines would start, but each for itself. If a script fails, the whole deployment fails and says why, so that nobody takes half a cluster for a whole one.',
      },
      first,
      tour,
    ),
  ];
}

function diskSteps(tour: Tour): WalkStep[] {
  const disks = tour.of('disk');
  const [first] = disks;
  if (!first) return [];
  const sizes = [...new Set(disks.flatMap((node) => factOf(node, 'Capacity') ?? []))];
  const kinds = [...new Set(disks.flatMap((node) => factOf(node, 'SKU') ?? []))];
  const isSystem = disks.every((node) => /OS disk/.test(node.title));
  return [
    withName(
      {
        pieces: disks.map(({ id }) => id),
        title: disks.length === 1 ? first.title : `The ${countOf(disks.length, 'disk', 'disks')}`,
        what: sentences(
          isSystem
            ? 'The disk that a machine starts from. The operating system and everything that the machine stores is on it.'
            : 'What the machines keep their data on.',
          sizes.length > 0 && `Capacity: ${someInWords(sizes, 4)}.`,
          kinds.length > 0 &&
            `Kind: ${someInWords(kinds, 4)}.${kinds.some((kind) => kind.endsWith('LRS')) ? ' LRS means that Azure keeps three copies in one place.' : ''}`,
        ),
        why: 'A virtual machine can move to another computer when its own breaks. Its disk stays, and so it comes up again with all that it knew.',
        without: 'Without its disk a machine could not even start.',
      },
      first,
      tour,
    ),
  ];
}

function storageStep(node: TopologyNode, tour: Tour): WalkStep {
  const endpoint = factOf(node, 'Blob endpoint');
  const holds = factOf(node, 'Holds');
  const isForDiagnostics = /diagnostics/i.test(holds ?? node.purpose);
  return withName(
    {
      pieces: [node.id],
      title: node.title,
      what: sentences(
        'A storage account is a place in Azure where files of any kind are kept.',
        holds !== undefined && `This one holds ${holds.charAt(0).toLowerCase()}${holds.slice(1)}.`,
        endpoint !== undefined && `Its address is ${endpoint}. Files there are called blobs.`,
      ),
      why: isForDiagnostics
        ? 'While a machine starts, it writes what it does to its screen, which nobody sees. Here it is written down (boot diagnostics).'
        : node.purpose,
      without: isForDiagnostics
        ? 'Without it the machines would run just as well. But when a machine does not come up, you could not read why.'
        : 'Without it the files in it would be gone.',
    },
    node,
    tour,
  );
}

import { join } from 'node:path';
import { activityDays } from './activity/activity-filter.ts';
import { ActivityLog } from './activity/activity-log.ts';
import { activityRoutes } from './activity/activity-routes.ts';
import { recordedRoutes } from './activity/recorded-routes.ts';
import { BootLogLinks } from './boot-logs/boot-log-links.ts';
import { registerBootLogRoutes } from './boot-logs/boot-log-routes.ts';
import { GrowingTime, StoppableClock, systemClock, type Clock } from './clock.ts';
import { deploymentRoutes } from './engine/deployment-routes.ts';
import { Deployments } from './engine/deployments.ts';
import { Planner } from './engine/planner.ts';
import { stackRoutes } from './engine/stack-routes.ts';
import { Stacks } from './engine/stacks.ts';
import { whatIfRoutes } from './engine/what-if/what-if-routes.ts';
import { WhatIfs } from './engine/what-if/what-ifs.ts';
import { makeFront } from './front/front.ts';
import { denialRoutes, guardedByDenials } from './governance/denial-routes.ts';
import { Denials } from './governance/denials.ts';
import { guardedByLocks } from './governance/lock-guard.ts';
import { lockRoutes } from './governance/lock-routes.ts';
import { Locks } from './governance/locks.ts';
import { tagNameRoutes } from './governance/tag-name-routes.ts';
import { tagRoutes } from './governance/tag-routes.ts';
import { AccessTokens } from './identity/access-tokens.ts';
import { loadCertificate } from './identity/certificate.ts';
import { loadKeys } from './identity/key-file.ts';
import { registerSignInRoutes } from './identity/sign-in-routes.ts';
import { chooseMachines } from './machines/choose-machines.ts';
import { MachineWork } from './machines/machine-work.ts';
import { deletionPatienceMs } from './machines/pace.ts';
import { moodRoutes } from './moods/mood-routes.ts';
import { Moods } from './moods/moods.ts';
import { KeyActions } from './providers/generic/key-actions.ts';
import { rootManagementGroup } from './providers/management/management-provider.ts';
import type { CloudView, ResourceProvider } from './providers/provider.ts';
import { providers } from './providers/registry.ts';
import { graphRoutes } from './resource-graph/graph-routes.ts';
import { Deletions } from './resources/deletions.ts';
import { GroupRemoval } from './resources/group-removal.ts';
import { exportRoutes } from './export/export-routes.ts';
import { featureRoutes } from './resources/feature-routes.ts';
import { groupRoutes } from './resources/group-routes.ts';
import { dnsSuffix, tenantId } from './resources/places.ts';
import { ProviderDirectory } from './resources/provider-directory.ts';
import { machineRoutes } from './resources/machine-routes.ts';
import { PutReader } from './resources/put-reader.ts';
import { ResourceGroups } from './resources/resource-groups.ts';
import { ResourceMoves } from './resources/resource-moves.ts';
import { ResourceManager } from './resources/resource-manager.ts';
import { resourceRoutes } from './resources/resource-routes.ts';
import { subscriptionRoutes } from './resources/subscription-routes.ts';
import { refuseOpenDoor, type LocalCloudSettings } from './settings.ts';
import { stateFile, Store } from './store/store.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** A running local cloud. */
export interface LocalCloud {
  /** `https://localhost:8443`, no trailing slash. */
  endpoint: string;
  /** The certificate to trust, PEM. */
  certificatePem: string;
  /** Lets running requests end, then stops; unfinished work goes on at the next start. */
  close(): Promise<void>;
}

/**
 * Starts the ARM-compatible control plane and resolves when it answers. Rejects with one sentence when a setting does
 * not fit, the port is taken or the data folder cannot be used. `parts` lets tests bring their own clock or providers.
 */
export async function startLocalCloud(
  settings: LocalCloudSettings,
  parts: {
    clock?: Clock;
    providers?: readonly ResourceProvider[];
    /** Hears what the machines' driver tells of its preparations and troubles. */
    say?: (line: string) => void;
  } = {},
): Promise<LocalCloud> {
  refuseOpenDoor(settings);
  const clock = new StoppableClock(parts.clock ?? systemClock);
  const folder = join(settings.dataDir, 'local-cloud');
  const keys = loadKeys(join(folder, 'key'));
  const certificate = await loadCertificate(
    { certificate: join(folder, 'certificate.pem'), privateKey: join(folder, 'certificate-key.pem') },
    settings.host,
    clock.now(),
  );
  const say = parts.say ?? (() => undefined);
  const { machines, preparation } = await chooseMachines(settings.machines ?? 'simulated', folder, say);
  const store = new Store(stateFile(folder), keys.storage, clock.now());
  forgetWhatIsOld(store, clock);
  makeRootManagementGroup(store, clock);

  const address = { endpoint: endpointOf(settings.host, settings.port) };
  const view: CloudView = {
    get: (id) => store.resources.get(id),
    list: (filter) => store.resources.list(filter),
    dnsSuffix,
    machines,
    get armEndpoint() {
      return address.endpoint;
    },
  };
  const { pace, paceFactor = 1, isStrict = false } = settings;
  const moods = new Moods(settings.moods);
  const work = new MachineWork(machines, view);
  const directory = new ProviderDirectory(parts.providers ?? providers);
  const groups = new ResourceGroups(store, clock);
  const locks = new Locks(store);
  const denials = new Denials(store);
  const isOther = (key: string): boolean =>
    store.deployments.get(key) !== undefined || store.stacks.get(key) !== undefined;
  const puts = new PutReader({ clock, groups, directory, view, isOther, isStrict });
  const manager = new ResourceManager({
    store,
    clock,
    groups,
    directory,
    puts,
    pace,
    paceFactor,
    moods,
    machines: work,
    locks,
    view,
  });
  const keyActions = new KeyActions(keys.resources);
  const activity = new ActivityLog({
    store,
    time: new GrowingTime(clock, store.activity.newestTime()),
    view,
    directory,
  });
  // The first to hear of it: what others do upon the end of a work is noted after it.
  manager.onWorkEnded((ended) => activity.workEnded(ended));
  const deletions = new Deletions({
    store,
    clock,
    manager,
    activity,
    denials,
    patienceMs: deletionPatienceMs(pace, paceFactor),
  });
  const time = new GrowingTime(clock, store.newestOperationTime());
  const planner = new Planner(puts, groups, directory, view);
  const deployments = new Deployments({
    store,
    clock,
    time,
    planner,
    manager,
    groups,
    directory,
    denials,
    locks,
    keys: keyActions,
    activity,
    deletions,
  });
  const whatIfs = new WhatIfs({
    store,
    clock,
    planner,
    puts,
    groups,
    directory,
    view,
    locks,
    keys: keyActions,
  });
  const stacks = new Stacks({ store, clock, groups, deployments, deletions, denials, locks, activity });
  const removal = new GroupRemoval({
    store,
    deletions,
    locks,
    stopWorkIn: (group) => deployments.endAllIn(group),
  });
  const moves = new ResourceMoves({
    store,
    clock,
    groups,
    locks,
    isBusy: (id) => manager.runningWork(id) !== undefined,
    hasRealMachines: machines.kind !== 'simulated',
  });
  const bootLogs = new BootLogLinks(keys.bootLogs);
  const tokens = new AccessTokens(keys.tokens, tenantId);
  const armRoutes = [
    ...subscriptionRoutes({ directory, store }),
    ...featureRoutes(store),
    ...tagNameRoutes(store),
    ...groupRoutes({ groups, removal, view, pace, moves }),
    ...deploymentRoutes({ deployments, deletions, pace }),
    ...stackRoutes(stacks, pace),
    ...tagRoutes({ store, view, directory, groups, manager }),
    ...lockRoutes({ store, view, directory, groups, locks }),
    ...denialRoutes({ store, view, directory, groups, denials }),
    ...activityRoutes({ store, clock }),
    ...machineRoutes({ manager, directory, groups, view, pace, clock, bootLogs }),
    ...resourceRoutes({ manager, directory, groups, deletions, view, pace, keys: keyActions }),
  ];
  const server = makeFront({
    settings,
    certificate,
    tokens,
    clock,
    moods,
    routes: [
      ...moodRoutes(moods),
      // These change nothing: no lock is in their way, and no log tells of them.
      ...graphRoutes({ store, view, groups, directory, clock, key: keys.queryPages }),
      ...whatIfRoutes(whatIfs, pace),
      ...exportRoutes({ groups, view, directory, clock, pace }),
      ...recordedRoutes(guardedByDenials(guardedByLocks(armRoutes, locks), denials), activity),
    ],
    registerOpenRoutes: (front) => {
      registerSignInRoutes(front, {
        tokens,
        secret: settings.secret,
        pace,
        machines: () => ({ kind: machines.kind, preparation: preparation() }),
        clock,
      });
      registerBootLogRoutes(front, { links: bootLogs, machines, view, clock });
    },
  });
  await server.listen({ host: settings.host, port: settings.port }).catch((error: unknown) => {
    clock.stop();
    store.close();
    throw listenError(error, settings);
  });
  const bound = server.server.address();
  if (bound !== null && typeof bound !== 'string') address.endpoint = endpointOf(settings.host, bound.port);
  const reportTrouble = (error: unknown): void => say(error instanceof Error ? error.message : String(error));
  manager.onWorkEnded(() => void work.follow()?.catch(reportTrouble));
  await machines.recover(view).catch(reportTrouble);
  manager.resume();
  deletions.resume();
  deployments.resume();
  stacks.resume();
  return {
    endpoint: address.endpoint,
    certificatePem: certificate.certificatePem,
    close: async () => {
      await server.close();
      manager.close();
      clock.stop();
      await machines.close();
      store.close();
    },
  };
}

/** Makes the management group that a tenant always has. */
function makeRootManagementGroup(store: Store, clock: Clock): void {
  const root = rootManagementGroup(clock.now().toISOString());
  if (store.resources.get(root.id) === undefined) store.transaction(() => store.resources.put(root));
}

/** Forgets, now and every hour, the works that ended more than a day ago, and what the activity log keeps no longer. */
function forgetWhatIsOld(store: Store, clock: Clock): void {
  const daysAgo = (days: number): string => new Date(clock.now().getTime() - days * dayMs).toISOString();
  store.forgetFinished(daysAgo(1));
  store.activity.removeBefore(daysAgo(activityDays));
  clock.schedule(hourMs, () => forgetWhatIsOld(store, clock));
}

function endpointOf(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `https://${name}:${port}`;
}

function listenError(error: unknown, { host, port }: LocalCloudSettings): Error {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return new Error(`SLIPWAY_ARM_PORT ${port} is in use on ${host} by another program; set another port.`);
  if (code === 'EACCES')
    return new Error(`SLIPWAY_ARM_PORT ${port} may not be used by this user; set a port above 1023.`);
  if (code === 'ENOTFOUND' || code === 'EADDRNOTAVAIL')
    return new Error(`SLIPWAY_ARM_HOST ${host} is not an address of this computer.`);
  return error instanceof Error ? error : new Error(String(error));
}

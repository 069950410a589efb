import { parentPort } from 'node:worker_threads';
import { deploymentScope } from './conformance.test-support.ts';
import { hostileTemplates } from './hostile-templates.test-support.ts';
import { expandTemplate, TemplateError, type TemplateRuntime } from './index.ts';

/** What became of a hostile template. */
export interface Outcome {
  /** `refused` with a TemplateError, `accepted`, or `crashed` with any other error. */
  kind: 'refused' | 'accepted' | 'crashed';
  message: string;
  /** What its thread has computed: how long that takes depends on what else the machine does. */
  cpuMs: number;
}

const runtime: TemplateRuntime = { reference: () => ({ x: 1 }), list: () => ({}) };

function expandAndEvaluate(index: number): void {
  const hostile = hostileTemplates[index];
  if (hostile === undefined) throw new Error(`There is no hostile template ${String(index)}.`);
  const expansion = expandTemplate({
    template: hostile.template(),
    parameters: hostile.parameters?.() ?? {},
    scope: deploymentScope(),
    sources: { now: new Date(0), newGuid: () => 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee' },
  });
  for (const resource of expansion.resources.slice(0, 3)) {
    resource.preview();
    resource.evaluate(runtime);
  }
  expansion.evaluateOutputs(runtime);
}

function outcomeOf(index: number): Outcome {
  const before = process.threadCpuUsage();
  const cpuMs = (): number => {
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1_000;
  };
  try {
    expandAndEvaluate(index);
    return { kind: 'accepted', message: '', cpuMs: cpuMs() };
  } catch (error) {
    const kind = error instanceof TemplateError ? 'refused' : 'crashed';
    return { kind, message: String(error), cpuMs: cpuMs() };
  }
}

parentPort?.on('message', (index: number) => parentPort?.postMessage(outcomeOf(index), []));

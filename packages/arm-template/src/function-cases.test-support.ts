import {
  conformanceFolder,
  deploymentScope,
  objectOf,
  readJson,
  textOf,
} from './conformance.test-support.ts';
import {
  evaluateExpression,
  TemplateError,
  type EvaluationScope,
  type JsonObject,
  type JsonValue,
} from './index.ts';
import { deepEquals, getOwn, isObject } from './json-values.ts';

/** One case of the conformance data, with what it came to. */
export interface JudgedCase {
  id: string;
  /** What is tried, as it is written. */
  title: string;
  /** Which of several sources it comes from, to be counted by. */
  group: string;
  /** What is wrong with the answer; absent where it is right. */
  fault?: string;
  /** Why the case itself is wrong, where it is known to be. */
  evidence?: string;
}

/** Cases of functions that are wrong, each with the evidence. The list is tight: a case in it must not pass. */
const WRONG_CASES = new Map<string, string>([
  [
    'F0554',
    "It counts the types in PSRule's own copy of a provider's list of the day: Azure has added others since, and the local cloud lists those it knows.",
  ],
  [
    'F0947',
    'From DSC, which is written in Rust and counts code points. .NET, in which Azure runs, counts UTF-16 units.',
  ],
]);

function scopeOf(entry: JsonObject): EvaluationScope {
  const deployment = deploymentScope();
  const context = getOwn(entry, 'context');
  if (!isObject(context)) return { deployment };
  const managementGroup = getOwn(context, 'managementGroup');
  return {
    deployment: {
      ...deployment,
      subscription: { ...deployment.subscription, ...objectOf(getOwn(context, 'subscription')) },
      resourceGroup: { ...deployment.resourceGroup!, ...objectOf(getOwn(context, 'resourceGroup')) },
    },
    ...(isObject(managementGroup)
      ? { managementGroup: { ...managementGroup, name: textOf(managementGroup['name']) } }
      : {}),
  };
}

type Answer = { value: JsonValue } | { refusal: TemplateError };

function answerTo(entry: JsonObject): Answer {
  try {
    return { value: evaluateExpression(textOf(entry['expression']), scopeOf(entry)) };
  } catch (error) {
    if (error instanceof TemplateError) return { refusal: error };
    throw error;
  }
}

function faultOf(entry: JsonObject): string | undefined {
  const answer = answerTo(entry);
  const message = entry['errorMessage'];
  if (entry['expectError'] === true) {
    if ('value' in answer) return `It answers ${JSON.stringify(answer.value)} and should be refused.`;
    if (typeof message !== 'string' || answer.refusal.message === message) return undefined;
    return `It is refused with “${answer.refusal.message}” and not with “${message}”.`;
  }
  if ('refusal' in answer) return `It is refused: ${answer.refusal.message}`;
  const expected = entry['expected'] ?? null;
  if (deepEquals(answer.value, expected)) return undefined;
  return `It answers ${JSON.stringify(answer.value)} and not ${JSON.stringify(expected)}.`;
}

/** All cases of functions of the conformance data, judged; none where there is no data. */
export function judgeFunctions(): JudgedCase[] {
  if (conformanceFolder === undefined) return [];
  const cases = readJson('functions.json');
  return (Array.isArray(cases) ? cases : []).map((written) => {
    const entry = objectOf(written);
    const id = textOf(entry['id']);
    const fault = faultOf(entry);
    const evidence = WRONG_CASES.get(id);
    return {
      id,
      title: textOf(entry['expression']),
      group: textOf(entry['trust']),
      ...(fault === undefined ? {} : { fault }),
      ...(evidence === undefined ? {} : { evidence }),
    };
  });
}

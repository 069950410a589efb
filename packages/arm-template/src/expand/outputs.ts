import type { EvaluatedOutput, TemplateRuntime } from '../expansion.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { getOwn, isObject, kindOf } from '../json-values.ts';
import { bounded } from '../expression/bounds.ts';
import type { EvaluationScope } from '../expression/scope.ts';
import { evaluateTree, loopCount, previewTree } from '../expression/template-tree.ts';
import { TemplateError } from '../template-error.ts';
import { readType, resolveDeclaration } from './parameter-type.ts';

type TreeEvaluator = (value: JsonValue, scope: EvaluationScope, path: string) => JsonValue;

/** The outputs as far as they are known before the deployment; finds errors in them early. */
export function checkOutputs(outputs: JsonObject, definitions: JsonObject, scope: EvaluationScope): void {
  for (const [name, output] of Object.entries(outputs))
    evaluateOutput(name, output, definitions, scope, previewTree);
}

/**
 * Evaluates the outputs of a deployment whose resources exist. Outputs with a false condition are left out.
 * @throws TemplateError naming the output; errors of the runtime that are no expression errors pass unchanged.
 */
export function evaluateOutputs(
  outputs: JsonObject,
  definitions: JsonObject,
  scope: EvaluationScope,
  runtime: TemplateRuntime,
): Record<string, EvaluatedOutput> {
  const evaluated = new Map<string, EvaluatedOutput>();
  for (const [name, output] of Object.entries(outputs)) {
    try {
      const result = evaluateOutput(name, output, definitions, { ...scope, runtime }, evaluateTree);
      if (result === undefined) continue;
      const { type, value, isNullable } = result;
      if (!type.accepts(value) && !(value === null && isNullable)) {
        throw new TemplateError(
          'InvalidTemplate',
          `The template output '${name}' is not valid: Template output JToken type is not valid. Expected '${type.expected}'. Actual '${kindOf(value)}'. Please see https://aka.ms/arm-template/#outputs for usage details.`,
          { path: `outputs.${name}` },
        );
      }
      evaluated.set(name, { type: type.name, value, secure: type.secure });
    } catch (error) {
      if (error instanceof TemplateError && error.code === 'InvalidTemplate') {
        throw new TemplateError('DeploymentOutputEvaluationFailed', error.message, error.position);
      }
      throw error;
    }
  }
  return Object.fromEntries(evaluated);
}

function evaluateOutput(
  name: string,
  written: JsonValue,
  definitions: JsonObject,
  scope: EvaluationScope,
  evaluate: TreeEvaluator,
): { type: ReturnType<typeof readType>; value: JsonValue; isNullable: boolean } | undefined {
  const path = `outputs.${name}`;
  try {
    if (!isObject(written))
      throw new TemplateError('InvalidTemplate', 'An output must be an object.', { path });
    const output = resolveDeclaration(written, definitions, path);
    const type = readType(output, `template output '${name}'`, path);
    if (evaluate(getOwn(output, 'condition') ?? true, scope, `${path}.condition`) === false) return undefined;
    const isNullable = getOwn(output, 'nullable') === true;
    const copy = getOwn(output, 'copy');
    if (isObject(copy))
      return {
        type,
        isNullable,
        value: bounded(() => evaluateLoop(name, copy, scope, evaluate, path), path),
      };
    const value = getOwn(output, 'value');
    if (value === undefined)
      throw new TemplateError('InvalidTemplate', "An output needs a 'value'.", { path });
    return { type, isNullable, value: bounded(() => evaluate(value, scope, `${path}.value`), path) };
  } catch (error) {
    if (
      error instanceof TemplateError &&
      error.code === 'InvalidTemplate' &&
      !error.message.startsWith('The template output')
    ) {
      throw new TemplateError(error.code, `The template output '${name}' is not valid: ${error.message}.`, {
        path,
        ...error.position,
      });
    }
    throw error;
  }
}

function evaluateLoop(
  name: string,
  copy: JsonObject,
  scope: EvaluationScope,
  evaluate: TreeEvaluator,
  path: string,
): JsonValue[] {
  const count = loopCount(copy, name, scope, `${path}.copy`);
  const input = getOwn(copy, 'input') ?? null;
  return Array.from({ length: count }, (_item, index) => {
    const turn: EvaluationScope = {
      ...scope,
      loops: [...(scope.loops ?? []), { name, index, ofResource: false }],
    };
    return evaluate(input, turn, `${path}.copy.input`);
  });
}

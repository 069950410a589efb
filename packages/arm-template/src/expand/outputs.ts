import type { EvaluatedOutput, TemplateRuntime } from '../expansion.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { getOwn, isObject } from '../json-values.ts';
import { bounded } from '../expression/bounds.ts';
import type { EvaluationScope } from '../expression/scope.ts';
import { evaluateTree, loopCount, previewTree } from '../expression/template-tree.ts';
import { TemplateError } from '../template-error.ts';
import { describeErrors } from './error-text.ts';
import { readType, resolveDeclaration, type ParameterType } from './parameter-type.ts';
import type { TemplateDocument } from './template-document.ts';
import { checkValue, holdsSecret } from './type-check.ts';

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
  { outputs, definitions, hasTypes }: Pick<TemplateDocument, 'outputs' | 'definitions' | 'hasTypes'>,
  scope: EvaluationScope,
  runtime: TemplateRuntime,
): Record<string, EvaluatedOutput> {
  const evaluated = new Map<string, EvaluatedOutput>();
  for (const [name, output] of Object.entries(outputs)) {
    try {
      const result = evaluateOutput(name, output, definitions, { ...scope, runtime }, evaluateTree);
      if (result === undefined) continue;
      const { type, value, declaration } = result;
      const path = `outputs.${name}`;
      const secure = type.secure || (hasTypes && holdsSecret(declaration, definitions, path));
      checkValue(value, declaration, type, {
        definitions,
        what: `template output '${name}'`,
        isSecret: secure,
        wrongType: ({ expected }, kind) =>
          `Template output JToken type is not valid. Expected '${expected}'. Actual '${kind}'.`,
        invalid: (reason) =>
          new TemplateError(
            'InvalidTemplate',
            `The template output '${name}' is not valid: ${reason} Please see https://aka.ms/arm-template/#outputs for usage details.`,
            { path },
          ),
      });
      evaluated.set(name, { type: type.name, value, secure });
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
): { type: ParameterType; value: JsonValue; declaration: JsonObject } | undefined {
  const path = `outputs.${name}`;
  const work = (): ReturnType<typeof evaluateOutput> => {
    if (!isObject(written))
      throw new TemplateError('InvalidTemplate', 'An output must be an object.', { path });
    const output = resolveDeclaration(written, definitions, path);
    const type = readType(output, `template output '${name}'`, path);
    if (evaluate(getOwn(output, 'condition') ?? true, scope, `${path}.condition`) === false) return undefined;
    const copy = getOwn(output, 'copy');
    if (isObject(copy))
      return {
        type,
        declaration: output,
        value: bounded(() => evaluateLoop(name, copy, scope, evaluate, path), path),
      };
    const value = getOwn(output, 'value');
    if (value === undefined)
      throw new TemplateError('InvalidTemplate', "An output needs a 'value'.", { path });
    return { type, declaration: output, value: bounded(() => evaluate(value, scope, `${path}.value`), path) };
  };
  return describeErrors(
    work,
    (message) =>
      message.startsWith('The template output ')
        ? message
        : `The template output '${name}' is not valid: ${message}.`,
    { path },
  );
}

function evaluateLoop(
  name: string,
  copy: JsonObject,
  scope: EvaluationScope,
  evaluate: TreeEvaluator,
  path: string,
): JsonValue[] {
  const count = loopCount(copy, scope, `${path}.copy`);
  const input = getOwn(copy, 'input') ?? null;
  return Array.from({ length: count }, (_item, index) => {
    const turn: EvaluationScope = {
      ...scope,
      loops: [...(scope.loops ?? []), { name, index, ofResource: false }],
    };
    return evaluate(input, turn, `${path}.copy.input`);
  });
}

import type { EvaluatedOutput, JsonValue, ResolvedParameter } from '@slipway/arm-template';
import type { EchoedValue } from '../store/documents.ts';

/** Parameters or outputs as ARM returns them: secure ones without their value. */
export function echoValues(
  values: Record<string, ResolvedParameter | EvaluatedOutput>,
): Record<string, EchoedValue> {
  return Object.fromEntries(
    Object.entries(values).map(([name, { type, value, secure }]) => [
      name,
      secure ? { type } : { type, value },
    ]),
  );
}

/** A planned resource as operations and dependencies name it. */
export function targetOf(resource: { id: string; type: string; name: string }): {
  id: string;
  resourceType: string;
  resourceName: string;
} {
  return { id: resource.id, resourceType: resource.type, resourceName: resource.name };
}

/** The value, cut loose from where it came from. */
export function copyOf<T extends JsonValue>(value: T): T {
  return structuredClone(value);
}

import type { PlannedResource } from '@slipway/arm-template';

/** Resources in an order in which each comes after all that it depends on; otherwise as the template has them. */
export function inDependencyOrder(resources: readonly PlannedResource[]): PlannedResource[] {
  const byId = new Map(resources.map((resource) => [resource.id.toLowerCase(), resource]));
  const seen = new Set<PlannedResource>();
  const ordered: PlannedResource[] = [];
  for (const first of resources) {
    // A stack of our own: a chain of dependencies may be as long as the template.
    const path = seen.has(first) ? [] : [visit(first)];
    seen.add(first);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const next = top.left.next();
      if (next.done) {
        ordered.push(top.resource);
        path.pop();
      } else {
        const other = byId.get(next.value.toLowerCase());
        if (other === undefined || seen.has(other)) continue;
        seen.add(other);
        path.push(visit(other));
      }
    }
  }
  return ordered;
}

const visit = (resource: PlannedResource) => ({ resource, left: resource.dependsOn.values() });

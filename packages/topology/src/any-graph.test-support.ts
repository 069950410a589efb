import * as fc from 'fast-check';
import { edgeKindSchema, nodeKindSchema, type TopologyGraph } from './graph.ts';

/** Any graph that the shapes allow: containers to any depth, cells, edges between any two nodes, rings. */
export const anyGraph: fc.Arbitrary<TopologyGraph> = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...nodeKindSchema.options),
      rank: fc.integer({ min: 0, max: 6 }),
      parent: fc.option(fc.nat(), { nil: undefined }),
      cell: fc.option(fc.record({ faultDomain: fc.nat(2), updateDomain: fc.nat(4) }), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 30 },
  )
  .chain((drafts) =>
    fc.record({
      nodes: fc.constant(
        drafts.map(({ kind, rank, parent, cell }, index) => ({
          id: `n${index}`,
          kind,
          rank,
          name: `n${index}`,
          title: `Node ${index}`,
          purpose: '',
          facts: [],
          ...(cell === undefined ? {} : { cell }),
          ...(parent === undefined || index === 0 ? {} : { parent: `n${parent % index}` }),
        })),
      ),
      edges: fc.array(
        fc
          .record({
            from: fc.nat({ max: drafts.length - 1 }),
            to: fc.nat({ max: drafts.length - 1 }),
            kind: fc.constantFrom(...edgeKindSchema.options),
            labels: fc.array(fc.constantFrom('TCP 80 → 80', 'TCP 2200 → 22'), { maxLength: 6 }),
          })
          .map(({ from, to, kind, labels }) => ({
            id: `n${from} ${kind} n${to}`,
            from: `n${from}`,
            to: `n${to}`,
            kind,
            labels,
          })),
        { maxLength: 40 },
      ),
    }),
  );

/** A graph, and the ids of some of its nodes to be closed. */
export const anyGraphPartlyClosed: fc.Arbitrary<{ graph: TopologyGraph; closed: Set<string> }> =
  anyGraph.chain((graph) =>
    fc.record({
      graph: fc.constant(graph),
      closed: fc.subarray(graph.nodes.map(({ id }) => id)).map((ids) => new Set(ids)),
    }),
  );

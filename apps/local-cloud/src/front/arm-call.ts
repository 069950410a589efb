import type { JsonValue } from '@slipway/arm-template';

export type Method = 'GET' | 'HEAD' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';

/** A request to the control plane, after routing. */
export interface ArmCall {
  method: Method;
  /** Placeholders of the route, as the caller wrote them. */
  params: Readonly<Record<string, string>>;
  /** What the route's `*` stands for: path segments. */
  rest: readonly string[];
  /** Absolute, on the host that the caller used. */
  url: URL;
  /** `https://host:port`, as the caller wrote it. */
  origin: string;
  apiVersion: string;
  body: JsonValue | undefined;
  correlationId: string;
  /** This request's own id: a GUID. */
  requestId: string;
  /** What the request makes depend on the state of what it is about: headers as they were sent. */
  conditions: { ifMatch?: string; ifNoneMatch?: string };
  /** Which application the token is for. */
  caller: string;
  /** Where the request comes from, and how its sender calls it. */
  client: { address: string; requestId?: string };
}

/** What the control plane answers. */
export interface ArmAnswer {
  status: number;
  body?: JsonValue;
  headers?: Readonly<Record<string, string>>;
}

export type ArmHandler = (call: ArmCall) => ArmAnswer;

export interface ArmRoute {
  /** `/subscriptions/{subscriptionId}/…`; a segment `*` takes one or more segments, up to what follows it. */
  path: string;
  methods: Partial<Record<Method, ArmHandler>>;
}

export const ok = (body: JsonValue): ArmAnswer => ({ status: 200, body });

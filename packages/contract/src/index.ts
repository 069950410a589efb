export * from './clusters.ts';
export * from './connect.ts';
export * from './deployments.ts';
export * from './errors.ts';
export * from './machines.ts';
export * from './places.ts';
export * from './routes.ts';
export * from './session.ts';

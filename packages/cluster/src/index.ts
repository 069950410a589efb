export * from './connect-facts.ts';
export * from './spec.ts';

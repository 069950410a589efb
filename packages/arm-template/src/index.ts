export type * from './expansion.ts';
export type * from './json.ts';
export * from './template-error.ts';

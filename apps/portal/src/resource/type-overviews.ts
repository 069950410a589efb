import { kindOfType } from '@slipway/topology';

/** Whether resources of a type have an overview of their own; others show their properties first. */
export const hasOverview = (type: string): boolean => kindOfType(type) !== 'other';

import { z } from 'zod';

/**
 * How many fault domains (racks) an aligned availability set has: every region offers two, some offer three. Source:
 * `MaximumPlatformFaultDomainCount` of the SKU `availabilitySets/Aligned`.
 */
export const faultDomainCountSchema = z.union([z.literal(2), z.literal(3)]);
export type FaultDomainCount = z.infer<typeof faultDomainCountSchema>;

/** What is used where a region's own number is not known: every region offers two. */
export const defaultFaultDomainCount: FaultDomainCount = 2;

/** The fault domains to ask for in a region whose maximum is `maximum`; the default where it is not a number. */
export function faultDomainCountFor(maximum: number): FaultDomainCount {
  return maximum >= 3 ? 3 : defaultFaultDomainCount;
}

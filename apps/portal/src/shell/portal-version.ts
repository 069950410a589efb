/** Of this portal; the build writes it here. */
export const portalVersion = import.meta.env.SLIPWAY_VERSION;

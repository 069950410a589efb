/** A whole number above 0 from the environment; `undefined` where it is not set. Throws where it is something else. */
function numberSetting(name: string): number | undefined {
  const text = process.env[name] ?? '';
  if (text === '') return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error(`The setting ${name} must be a whole number above 0.`);
  return Number(text);
}

/** What the random moments are made from. */
export const seedSetting = (): number | undefined => numberSetting('SLIPWAY_TORTURE_SEED');

/** How many blows `npm run torture` deals. */
export const roundsSetting = (): number | undefined => numberSetting('SLIPWAY_TORTURE_ROUNDS');

import { endurance } from '../fixtures/endurance.ts';
import { expect, test } from '../fixtures/test.ts';
import { seedSetting } from '../torture/settings.ts';
import { torture } from '../torture/torture.ts';

// Chromium says on the console that a server is away; that is what these tests do to it.
test.use({ expectedComplaint: /net::ERR_/ });

// Two runs of five: two workers share them. Each has a seed of its own, so ten different moments are hit.
for (const part of [1, 2]) {
  test(
    `kill -9 at five random moments, part ${part}: nothing is lost, nothing done twice, the page goes on`,
    endurance,
    async ({ browser }, testInfo) => {
      test.setTimeout(300_000);
      const seed = (seedSetting() ?? Math.floor(Math.random() * 999_998)) + part;
      const told = await torture(browser, { seed, blows: 5 });
      for (const { number, story } of told)
        testInfo.annotations.push({ type: `blow ${number}`, description: story });
      const bad = told.filter(({ complaints }) => complaints.length > 0);
      expect(
        bad.map(({ story, complaints }) => [story, ...complaints]),
        `again with SLIPWAY_TORTURE_SEED=${seed - part}`,
      ).toEqual([]);
      expect(told).toHaveLength(5);
    },
  );
}

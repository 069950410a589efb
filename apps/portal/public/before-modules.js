// What must happen before the portal's modules, which take a while on a phone's connection. An old form of this file may
// run with a new portal for an hour: nothing may depend on it.

// Zod would try to compile its checks, which the content security policy forbids and reports. It tries as soon as a
// module makes a schema: this runs before all modules. It is where `z.config({ jitless: true })` keeps its setting.
globalThis['__zod_globalConfig'] = { jitless: true };

// The shell that the page itself brings looks as the portal will: in the chosen theme, the navigation folded or not.
const kept = (key) => {
  try {
    return localStorage.getItem(key);
  } catch {
    // Storage can be forbidden.
    return null;
  }
};
const choice = kept('slipway.theme');
const isDark =
  choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
const { dataset, style } = document.documentElement;
dataset.theme = isDark ? 'dark' : 'light';
style.colorScheme = dataset.theme;
const fold = kept('slipway.navigation') ?? 'auto';
if (fold === 'folded' || (fold === 'auto' && matchMedia('(max-width: 1023px)').matches))
  dataset.navigation = 'folded';

// What the page begins with is asked for meanwhile; `src/api/early-answers.ts` takes the answers.
const begins = { '/': ['/api/clusters'], '/create': ['/api/subscriptions'] };
const wanted = ['/api/session', ...(begins[location.pathname] ?? [])];
globalThis.slipwayEarlyAnswers = Object.fromEntries(
  wanted.map((address) => {
    const control = new AbortController();
    const answer = fetch(address, {
      headers: { accept: 'application/json' },
      signal: control.signal,
    }).catch(() => undefined);
    return [address, { answer, control }];
  }),
);
